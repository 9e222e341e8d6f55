/** What the served editor is made of. One place to raise a version. */
export const VERSIONS = {
  /** Node's major version inside the editor; its native modules are compiled for it. */
  node: '24',
  /** 4.N carries VS Code 1.N. */
  codeServer: '4.139.1',
} as const;
