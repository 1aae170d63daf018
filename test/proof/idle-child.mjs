// A process that does nothing, to tell how late this machine lets anybody be.
import { monitorEventLoopDelay } from 'node:perf_hooks';

const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
process.on('message', () => {
  process.send({ maxMs: delay.max / 1e6 });
  delay.reset();
});
