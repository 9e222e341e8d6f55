import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { indented } from '../after-merge';
import { cloneOf, FETCH_NOTES, type Place } from '../clones';
import { DESTROYED, flat, TIDY_UP, WRONG_STACK } from '../morning-after';
import { ADA, BEN, JUNE } from '../sample';

export const elsewhere = {
  title: 'The morning after, in another clone with nothing but "git fetch": Ben sees what ran, and who let it',
  async play(place: Place): Promise<string[]> {
    const { later, ending, linekeeper } = place;
    assert.ok(later.run);
    const { root, env, git } = cloneOf(place, BEN);
    git(...FETCH_NOTES);
    const ben = linekeeper.at(root, env);

    const log = place.outside('terraform.log');
    writeFileSync(log, `${DESTROYED}\n`);
    const words = ['--title', WRONG_STACK, '--began', new Date().toISOString(), '--trace', log];
    const found = await ben.text('incident', 'new', ...words);
    const who = new RegExp(
      `ran terraform destroy in infra/prod .*session ${later.run.session}, .*asked for by ${JUNE.email} at \\d\\d:\\d\\d \\(${TIDY_UP.reason}\\) approved by ${ADA.email} at \\d\\d:\\d\\d, signature checked ended without an error at \\d\\d:\\d\\d`,
    );
    assert.match(flat(found), who);

    const session = await ben.text('trace', '--session', later.run.session);
    assert.match(flat(session), who);
    assert.match(flat(session), /\d\d:\d\d refused terraform destroy in infra\/prod \(destructive\//);
    ending.session = session.trimEnd();

    const { incidents } = await ben.json<{
      readonly incidents: readonly { readonly id: string; readonly title: string }[];
    }>('incident', 'list');
    const incident = incidents.find(({ title }) => title === WRONG_STACK);
    assert.ok(incident);
    assert.match(
      await ben.text('incident', 'report', incident.id, '--format', 'markdown'),
      /approved by ada\\?@example\.com at \d\d:\d\d, signature checked/,
    );
    const counted = /^ *what agents ran: .*$/m.exec(await ben.text('report'))?.[0].trim();
    assert.match(counted ?? '', /1 ran with permission, \d refused/);
    return [
      "linekeeper incident new, with Terraform's own words:",
      ...indented(found),
      '',
      `linekeeper trace --session ${later.run.session}:`,
      ...indented(session),
      '',
      `linekeeper report: ${counted ?? ''}`,
    ];
  },
};
