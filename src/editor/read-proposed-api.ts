/**
 * The only proposed API in use, if granted (`textDocumentChangeReason`); otherwise the property is absent.
 */
import type * as vscode from 'vscode';
import type { DetailedReason } from './recording/classify/change-event';

export function detailedReasonOf(event: vscode.TextDocumentChangeEvent): DetailedReason | undefined {
  const reason: unknown = 'detailedReason' in event ? event.detailedReason : undefined;
  if (typeof reason !== 'object' || reason === null || !('source' in reason) || typeof reason.source !== 'string')
    return undefined;
  const metadata =
    'metadata' in reason && typeof reason.metadata === 'object' && reason.metadata !== null ? reason.metadata : {};
  return { source: reason.source, metadata: { ...metadata } };
}
