import assert from 'node:assert/strict';
import { onlyReads } from '../../src/guard/commands-that-only-read';

const READS = String.raw`
cat README.md
cd src && ls -la
cat .env
grep -rn "foo|bar" src | head -20
sed -n '1,80p' src/a.ts
find . -name '*.ts' -not -path './node_modules/*' | wc -l
git status
git diff HEAD~1 -- src | head
git -C sub log --oneline -5
rg --files | sort | uniq -c
ls 2>/dev/null || true
cat "$FILE" >/dev/null 2>&1
`;

const MAY_WRITE = String.raw`
npm test
cat a > b
cat a >> b
ls | tee out.txt
sed -i s/a/b/ file
sed -n '1p;w out' file
sed -n 1p -i file
find . -name '*.tmp' -delete
find . -exec touch {} +
sort -o a a
sort $OPTIONS a
uniq a b
git diff --output=x
git -c core.pager='sh -c x' log
git grep -Ovim foo
git stash
git checkout .
GIT_EXTERNAL_DIFF=./x git diff
rg --pre ./x foo
./cat a
$PROGRAM a
bash script.sh
cat $(mktemp)
cat <(touch a)
echo x | sh
xargs touch < list
tree -o out
ssh host cat a
cat a; rm b
`;

const lines = (text: string): readonly string[] => text.trim().split('\n');

describe('a command that only reads', () => {
  for (const command of lines(READS))
    it(`only reads: ${command}`, () => {
      assert.ok(onlyReads(command));
    });
  for (const command of lines(MAY_WRITE))
    it(`may write: ${command}`, () => {
      assert.ok(!onlyReads(command));
    });
  it('only reads: no command that is empty', () => {
    for (const command of ['', ' ', '#']) assert.ok(!onlyReads(command));
  });
});
