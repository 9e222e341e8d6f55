/** Completion, hover and quick fixes in `.linekeeper.yml`, from the policy's own schema. */
import * as vscode from 'vscode';
import { ASSISTANTS } from '../../provenance/assistants';
import type { Background, PolicyHelp } from '../background';
import type { Translate } from '../translate';
import type { Worktrees } from '../workspace/worktrees';
import { policyOf } from './policy-diagnostics';

const POLICY_SELECTOR: vscode.DocumentSelector = [
  { scheme: 'file', pattern: '**/.linekeeper.yml' },
  { scheme: 'untitled', pattern: '**/.linekeeper.yml' },
];

interface AssistancePorts {
  readonly worktrees: Worktrees;
  readonly background: Background;
  readonly t: Translate;
}

export function registerAssistance(ports: AssistancePorts): vscode.Disposable {
  const { languages } = vscode;
  return vscode.Disposable.from(
    languages.registerCompletionItemProvider(
      POLICY_SELECTOR,
      { provideCompletionItems: (document, position) => complete(document, position, ports) },
      ' ',
      '[',
      '{',
      ',',
    ),
    languages.registerHoverProvider(POLICY_SELECTOR, {
      provideHover: (document, position) => hover(document, position, ports),
    }),
    languages.registerCodeActionsProvider(
      POLICY_SELECTOR,
      { provideCodeActions: (document, _range, { diagnostics }) => fixes(document, diagnostics, ports.t) },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
  );
}

async function ask(
  document: vscode.TextDocument,
  { line, character }: vscode.Position,
  { worktrees, background }: AssistancePorts,
): Promise<PolicyHelp | undefined> {
  return (
    policyOf(document, worktrees) &&
    background.ask('policyHelp', {
      text: document.getText(),
      line,
      column: character,
      assistants: ASSISTANTS.map(({ id }) => id),
    })
  );
}

async function complete(
  document: vscode.TextDocument,
  position: vscode.Position,
  ports: AssistancePorts,
): Promise<vscode.CompletionItem[]> {
  const help = await ask(document, position, ports);
  if (!help) return [];
  const range = new vscode.Range(position.line, help.start, position.line, help.end);
  return help.offers.map(({ text, kind, about }) => {
    const item = new vscode.CompletionItem(
      text,
      kind === 'key' ? vscode.CompletionItemKind.Property : vscode.CompletionItemKind.EnumMember,
    );
    item.insertText =
      kind === 'key' && !/^\s*:/.test(document.lineAt(position.line).text.slice(help.end)) ? `${text}: ` : text;
    item.documentation = about;
    item.range = range;
    return item;
  });
}

async function hover(
  document: vscode.TextDocument,
  position: vscode.Position,
  ports: AssistancePorts,
): Promise<vscode.Hover | undefined> {
  const help = await ask(document, position, ports);
  if (!help || help.about === '' || help.start === help.end) return undefined;
  const values = help.offers.filter(({ kind }) => kind === 'value').map(({ text }) => text);
  const text = new vscode.MarkdownString().appendText(
    [help.about, ...(values.length > 0 ? [values.join(' | ')] : [])].join('\n'),
  );
  return new vscode.Hover(text, new vscode.Range(position.line, help.start, position.line, help.end));
}

/** What the problem itself suggests: another word, a list, a plain form. */
function fixes(
  document: vscode.TextDocument,
  diagnostics: readonly vscode.Diagnostic[],
  t: Translate,
): vscode.CodeAction[] {
  return diagnostics.flatMap((diagnostic) => {
    if (diagnostic.source !== 'Linekeeper') return [];
    const meant =
      /[Dd]id you mean "([^"]+)"\?/.exec(diagnostic.message)?.[1] ?? /Write (\S+?)\.?$/.exec(diagnostic.message)?.[1];
    if (meant === undefined) return [];
    const fix = new vscode.CodeAction(t('Change to {0}', meant), vscode.CodeActionKind.QuickFix);
    fix.diagnostics = [diagnostic];
    fix.isPreferred = true;
    fix.edit = new vscode.WorkspaceEdit();
    fix.edit.replace(document.uri, diagnostic.range, meant);
    return [fix];
  });
}
