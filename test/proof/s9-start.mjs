// A thread starts with plain JavaScript; this file only fetches the TypeScript loader for `s9-child.ts`.
import { register } from 'tsx/esm/api';

register();
await import('./s9-child.ts');
