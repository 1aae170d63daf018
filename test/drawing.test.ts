import { afterAll, describe, expect, it } from 'vitest';
import type { BurnDown } from '../src/domain/burn-down.ts';
import { createDrawing } from '../src/drawing.ts';
import { burnDownPng } from '../src/pictures/burn-down.ts';

const OF = { kind: 'one', number: 'ISSO-2026-0042', name: 'Ines Sorensen' } as const;
const BURN_DOWN: BurnDown = {
  needed: 22,
  days: [
    { day: 0, on: '2026-12-08', planned: 22, open: 22, forecast: null },
    { day: 1, on: '2026-12-09', planned: 21, open: 20, forecast: 20 },
    { day: 2, on: '2026-12-10', planned: 20, open: null, forecast: 19 },
  ],
};
const DOCUMENT = {
  title: 'A report',
  at: new Date('2026-12-04T17:00:00Z'),
  intro: ['In short.'],
  sections: [],
};

const drawing = createDrawing();
afterAll(drawing.stop);

describe('the thread that draws', () => {
  it('gives the same bytes as drawing here, and leaves the program its turns meanwhile', async () => {
    let turns = 0;
    const turn = setInterval(() => {
      turns += 1;
    }, 1);
    const both = await Promise.all([
      drawing.pictures.burnDown(OF, BURN_DOWN),
      drawing.papermaker.pdf(DOCUMENT),
    ]);
    clearInterval(turn);
    expect(Buffer.from(both[0], 'base64').equals(Buffer.from(burnDownPng(OF, BURN_DOWN)))).toBe(true);
    expect(Buffer.from(both[1], 'base64').subarray(0, 5).toString()).toBe('%PDF-');
    expect(turns).toBeGreaterThan(10);
  });

  it('says why something could not be made, and makes the next', async () => {
    const broken = { needed: 1, days: null } as unknown as BurnDown;
    await expect(drawing.pictures.burnDown(OF, broken)).rejects.toThrow(/null/u);
    await expect(drawing.pictures.burnDown(OF, BURN_DOWN)).resolves.toMatch(/^iVBOR/u);
  });

  it('begins anew when its thread has ended, and nobody waits for ever', async () => {
    const lost = drawing.pictures.burnDown(OF, BURN_DOWN);
    await drawing.stop();
    await expect(lost).rejects.toThrow('the thread that draws has ended');
    await expect(drawing.pictures.burnDown(OF, BURN_DOWN)).resolves.toMatch(/^iVBOR/u);
  });
});
