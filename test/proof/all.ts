import { p2 } from './p2-sweep.ts';
