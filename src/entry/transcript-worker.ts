/** The worker that the editor starts to read assistants' transcripts. */
import { runFillJob } from '../editor/transcripts/backfill-worker-job';

runFillJob();
