/** `GET /doctor`: what `npm run doctor` prints of a running bot; to this machine only. */
import { Router } from 'express';
import type { Finding } from '../usecases/check-health.ts';
import { isFromThisMachine } from './this-machine.ts';

export function doctorRoutes(look: () => Promise<readonly Finding[]>, dataDir: string | null): Router {
  const router = Router();
  router.get('/doctor', async (request, response, next) => {
    if (!isFromThisMachine(request)) {
      next();
      return;
    }
    response.set('Cache-Control', 'no-store').json({ dataDir, findings: await look() });
  });
  return router;
}
