import { describe } from 'vitest';
import { openTestDatabase, openTestStore, testServerUrl } from '../support/open-store.ts';
import { storeContract } from './contract.ts';

describe.skipIf(!testServerUrl())('on a PostgreSQL server', { timeout: 60_000 }, () =>
  storeContract(
    () => openTestStore('server'),
    () => openTestDatabase('server'),
  ),
);
