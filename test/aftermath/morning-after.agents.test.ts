/**
 * The last part of the story by itself, without an editor: an outage that was a command, in every clone. The real
 * assistant, where it can be had.
 */
import { CommandLine } from '../story/command-line';
import type { Place } from '../story/clones';
import { putCliOnPath } from '../story/on-path';
import { makeSample } from '../story/sample';
import { THE_MORNING_AFTER } from '../story/steps';
import { builtCli, CLI } from '../support/product';
import { TestRepository } from '../support/repository';

describe('the morning after a command that an agent ran', function () {
  this.timeout(180_000);
  let test: TestRepository;
  let place: Place;
  before(async () => {
    await builtCli();
    test = await TestRepository.create();
    const sample = makeSample(test.outside('sample'));
    const outside = (name: string): string => test.outside(name);
    const linekeeper = new CommandLine(putCliOnPath(test.home, CLI), sample.root, test.env);
    place = { sample, linekeeper, outside, later: {}, ending: {}, editor: { home: test.home } };
    await linekeeper.text('install', '--git', '--assistant', 'claude-code', '--user');
  });
  after(() => test.dispose());

  for (const step of THE_MORNING_AFTER)
    it(step.title, async () => {
      const told = await step.play(place);
      if (process.env['SHOW_STORY'] !== undefined) console.log(told.join('\n'));
    });
});
