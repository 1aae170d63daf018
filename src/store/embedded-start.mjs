// Beside the sources the thread of the embedded database starts here. Its one file imports no other of ours.
import { startThread } from '../start-thread.mjs';

await startThread('src/store/embedded-worker', ['src/store/embedded-worker.ts']);
