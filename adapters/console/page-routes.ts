import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import express, { Router } from 'express';

const PAGE = join(dirname(fileURLToPath(import.meta.url)), 'page');
const CARDS = join(dirname(createRequire(import.meta.url).resolve('adaptivecards/package.json')), 'dist');

/** The page, its style and scripts, and Microsoft's card library, all under `/console`. */
export function pageRoutes(): Router {
  const router = Router();
  router.get('/', (_request, response) => {
    response.sendFile('index.html', { root: PAGE });
  });
  router.get('/vendor/adaptivecards.js', (_request, response) => {
    response.type('text/javascript').sendFile('adaptivecards.min.js', { root: CARDS });
  });
  router.use(express.static(PAGE, { index: false, redirect: false }));
  return router;
}
