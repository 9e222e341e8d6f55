/** The real editor for tests: start it, drive it with real keys, look inside. */
export type { QuickInputState } from './driver/quick-input';
export { Editor, startEditor } from './editor';
export { ADA, AGENT_SETTINGS, scriptedModel, type EditorKind, type EditorOptions, type Person } from './options';
export { compiledOf } from './compiled';
export { installEditor } from './install';
export { serveEditor, type ServedEditor } from './serve';
export { until, type UntilOptions } from './until';
export { Workspace } from './workspace';
export type { DocumentChange, ProbeEvent } from './probe/events';
