/** Where assistants look for their settings and instructions in a repository. */
import { fileNamed } from '../../../base/patterns';

/** Settings, servers of tools, hooks, and tasks that an editor runs. */
export const SETTINGS = fileNamed(String.raw`
  \.(?:claude|codex|cursor|gemini|kiro|windsurf|amp|agents|augment|qwen|opencode|cline|roo|continue|junie|factory|trae|amazonq|rovodev|zed|crush|goose)/.*\.(?:jsonc?|toml|ya?ml|hook)$
  \.github/(?:copilot|hooks|agents)/.*\.(?:jsonc?|ya?ml)$ \.vscode/(?:settings|mcp|tasks)\.json$ [^/]+\.code-workspace$
  \.?mcp\.json$ \.?opencode\.jsonc?$ \.?crush\.json$ \.aider\.conf\.ya?ml$ \.devcontainer/.*devcontainer\.json$ \.devcontainer\.json$
`);

/** What an assistant reads before it begins. */
export const INSTRUCTIONS = fileNamed(String.raw`
  (?:CLAUDE(?:\.local)?|AGENTS?(?:\.override)?|GEMINI|QWEN|WARP|CONVENTIONS|SKILL|CRUSH)\.md$ llms(?:-full)?\.txt$
  \.(?:cursor|windsurf|cline|roo|trae|augment|kilocode)(?:rules|ignore)?$ \.clinerules/.+ \.goosehints$ \.rules$ \.augment-guidelines$
  \.(?:claude|codex|cursor|gemini|kiro|windsurf|amp|agents|augment|qwen|opencode|cline|roo|continue|junie|factory|trae|amazonq|kilocode)/.*\.(?:md|mdc|mdx|txt|toml|ya?ml|json)$
  \.github/copilot-instructions\.md$ \.github/(?:instructions|prompts|chatmodes|agents|skills)/.*\.(?:md|ya?ml)$
`);
