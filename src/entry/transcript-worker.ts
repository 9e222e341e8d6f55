/** What the editor starts beside itself to read assistants' transcripts. */
import { runFillJob } from '../editor/transcripts/worker-job';

runFillJob();
