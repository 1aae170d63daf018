// A thread starts with plain JavaScript; this file only fetches the TypeScript loader for `embedded-worker.ts`.
import { register } from 'tsx/esm/api';

register();
await import('./embedded-worker.ts');
