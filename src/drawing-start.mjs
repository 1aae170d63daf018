// A thread starts with plain JavaScript only: beside the sources this fetches the TypeScript loader for it.
import { register } from 'tsx/esm/api';

register();
await import(new URL('./drawing-worker.ts', import.meta.url).href);
