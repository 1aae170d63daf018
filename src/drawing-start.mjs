// Beside the sources the thread that draws starts here.
import { startThread } from './start-thread.mjs';

await startThread('src/drawing-worker');
