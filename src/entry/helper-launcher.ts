/** What the editor starts in a thread to have its helper started as a process. */
import { relay } from '../editor/background/helper-launcher';

relay();
