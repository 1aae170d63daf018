import { describe } from 'vitest';
import { openTestDatabase, openTestStore } from '../support/open-store.ts';
import { storeContract } from './contract.ts';

describe('on the embedded database', { timeout: 60_000 }, () =>
  storeContract(
    () => openTestStore('embedded'),
    () => openTestDatabase('embedded'),
  ),
);
