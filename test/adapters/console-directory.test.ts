import { describe, expect, test } from 'vitest';
import { createDirectory } from '../../adapters/console/directory.ts';
import { LIMITS } from '../../adapters/console/limits.ts';

const person = (timeZone: string) => ({ id: 'bo', name: 'Bo', roles: ['business_owner'], timeZone });

function aDirectory() {
  const state = { zone: 'America/New_York', loads: 0, isAway: false, ms: 0 };
  const directory = createDirectory(
    async () => {
      state.loads += 1;
      if (state.isAway) throw new Error('away');
      return { people: [person(state.zone)], channels: [] };
    },
    () => state.ms,
  );
  const zone = async () => (await directory.find('bo'))?.timeZone;
  return { state, directory, zone };
}

describe('the list of people of the console', () => {
  test('is read once for many calls, and anew after a while', async () => {
    const { state, zone } = aDirectory();
    for (let call = 0; call < 5; call += 1) expect(await zone()).toBe('America/New_York');
    expect(state.loads).toBe(1);
    state.ms += LIMITS.directoryMs;
    await zone();
    expect(state.loads).toBe(2);
  });

  test('is read anew at once when somebody changed, and then once', async () => {
    const { state, directory, zone } = aDirectory();
    await zone();
    state.zone = 'America/Denver';
    directory.doubt();
    expect([await zone(), await zone(), state.loads]).toEqual(['America/Denver', 'America/Denver', 2]);
  });

  test('does not believe what was read while somebody changed', async () => {
    const { state, directory, zone } = aDirectory();
    const reading = directory.fresh();
    state.zone = 'America/Denver';
    directory.doubt();
    await reading;
    expect(await zone()).toBe('America/Denver');
  });

  test('goes on with whom it knew while the database is away', async () => {
    const { state, directory, zone } = aDirectory();
    await zone();
    state.isAway = true;
    directory.doubt();
    expect(await zone()).toBe('America/New_York');
    await expect(directory.find('nobody')).rejects.toMatchObject({ failure: { kind: 'not-saved' } });
  });
});
