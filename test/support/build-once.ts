/** Compiles the program once before the tests, for those that start it in a process of its own. */
import { build } from '../../scripts/build.mjs';

export default function setup(): void {
  build();
}
