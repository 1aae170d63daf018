/** The dashboard's pages over a real socket and a real database, without a browser. */
import { get as httpGet } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PersonId } from '../../src/domain/ids.ts';
import type { Store } from '../../src/ports.ts';
import { type RunningDashboard, serveDashboard } from '../support/dashboard.ts';
import { TUESDAY } from '../support/fakes.ts';
import { openTestStore } from '../support/open-store.ts';
import { type Got, openReader, type WebReader } from '../support/web-reader.ts';

let store: Store;
let served: RunningDashboard;
beforeEach(async () => {
  store = await openTestStore();
  served = await serveDashboard(store);
});
afterEach(() => served.close());

const at = (path: string): string => `${served.url}/dashboard${path}`;
async function as(id: PersonId): Promise<WebReader> {
  const reader = openReader();
  await reader.get(at(`/exports?as=${id}`));
  return reader;
}
const heading = ({ text }: Got): string => /<h1>([^<]*)<\/h1>/u.exec(text)?.[1] ?? '';
const numbers = ({ text }: Got): string[] =>
  [...text.matchAll(/<th scope="row"><a href="[^"]*">([^<]*)</gu)].map(([, number = '']) => number);
const record = (id: PersonId) => store.transaction((tx) => tx.audit.ofActor(id, 100));

describe('whoever looks', () => {
  it('is chosen in the console, and sees as whom they look', async () => {
    const nobody = await openReader().get(at(''));
    expect([nobody.status, heading(nobody)]).toEqual([401, 'Who looks at the dashboard?']);
    expect(nobody.text).toContain('<option value="gtl">Grace Tan-Lopez</option>');
    expect(nobody.text).not.toContain('Beatriz Okafor');
    const reader = openReader();
    const got = await reader.get(at('/engagements?as=gtl&component=OIT'));
    expect(got.url).toBe(at('/engagements?component=OIT'));
    expect(got.text).toContain('You look as Grace Tan-Lopez');
    expect(got.text).toContain('<option value="OIT" selected>');
  });

  it.each(['ispg', 'gtl', 'cor', 'auditor'])('may look at every page as %s', async (id) => {
    const reader = await as(id);
    const number = await served.bot.fileRequest();
    for (const path of ['', '/engagements', `/engagements/${number}`, '/measures', '/catalogue', '/exports'])
      expect([path, (await reader.get(at(path))).status]).toEqual([path, 200]);
  });

  it.each(['bo', 'cra', 'lead', 'isso', 'records', 'nobody-at-all'])(
    'finds nothing open as %s, not even whether a number exists',
    async (id) => {
      const reader = await as(id);
      const number = await served.bot.fileRequest();
      const answers = [];
      for (const path of [
        '',
        `/engagements/${number}`,
        '/engagements/ISSO-2026-9999',
        '/measures',
        '/nowhere',
      ])
        answers.push(await reader.get(at(path)));
      answers.push(await reader.get(at('/pictures/funnel.png')));
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 403));
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
      expect(await record(id)).toEqual([]);
    },
  );

  it('is told the same of a number that there is not as of an address that there is not', async () => {
    const reader = await as('gtl');
    const pages = [
      '/engagements/ISSO-2026-9999',
      '/engagements/%00',
      '/engagements/..%2f..%2fetc',
      '/engagements/ISSO-2026-0001x',
      '/nowhere',
      '/pictures/no.png',
      '/pictures/..%2fdashboard.css',
      `/engagements/${'9'.repeat(4000)}`,
    ];
    const answers = await Promise.all(pages.map((path) => reader.get(at(path))));
    expect(answers.map(({ status }) => status)).toEqual(pages.map(() => 404));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  });

  it('from another host or through a proxy finds nothing at all in the console', async () => {
    const reader = await as('gtl');
    const passedOn = await reader.get(at(''), { 'x-forwarded-for': '203.0.113.7' });
    expect([passedOn.status, passedOn.text]).toEqual([404, '{"error":"There is nothing at this address."}']);
    const rebound = await new Promise<number>((resolve) => {
      httpGet(at(''), { headers: { host: 'evil.example' } }, ({ statusCode }) => resolve(statusCode ?? 0));
    });
    expect(rebound).toBe(404);
    const embedded = await reader.get(at(''), {
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'no-cors',
    });
    expect(embedded.status).toBe(404);
  });

  it('finds nothing where neither the console nor signing in is set up', async () => {
    const closed = await serveDashboard(store, { withConsole: false });
    const got = await openReader().get(`${closed.url}/dashboard`);
    expect([got.status, got.text]).toEqual([404, '{"error":"There is nothing at this address."}']);
    await closed.close();
  });
});

describe('a page', () => {
  it('is kept by no browser, runs no script and stands in no frame', async () => {
    const reader = await as('gtl');
    for (const path of ['', '/engagements', '/exports', '/nowhere', '/pictures/funnel.png']) {
      const { headers, text } = await reader.get(at(path));
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('content-security-policy')).toMatch(
        /^default-src 'self'; .*frame-ancestors 'none'$/u,
      );
      expect(text).not.toMatch(/<script|<style|\son\w+=|\sstyle=|javascript:/iu);
    }
  });

  it('shows what somebody wrote as they wrote it, and never as markup', async () => {
    const hostile = `<img src=x onerror=alert(1)> "'&\`</td>`;
    const number = await served.bot.fileRequest(hostile);
    const reader = await as('gtl');
    for (const path of ['', '/engagements', `/engagements/${number}`]) {
      const { text } = await reader.get(at(path));
      expect(text).toContain('&lt;img src=x onerror=alert(1)&gt; &quot;&#39;&amp;`&lt;/td&gt;');
      expect(text).not.toContain('<img src=x');
    }
    const typed = await reader.get(
      at(`/engagements?text=${encodeURIComponent('"><script>alert(1)</script>')}`),
    );
    expect(typed.text).toContain('value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"');
  });

  it('is noted once a day for each person and kind of page, and the history of an engagement by itself', async () => {
    const number = await served.bot.fileRequest();
    const reader = await as('gtl');
    for (const path of [
      '',
      '/engagements',
      '/engagements?state=all',
      '',
      `/engagements/${number}`,
      `/engagements/${number}`,
    ])
      await reader.get(at(path));
    const seen = (await record('gtl')).map(
      ({ verb, facts, platform }) => `${verb} ${facts.page} ${platform}`,
    );
    expect(seen.toSorted()).toEqual([
      'dashboard.read engagement dashboard',
      'dashboard.read engagements dashboard',
      'dashboard.read exports dashboard',
      'dashboard.read overview dashboard',
      'history.read engagement dashboard',
    ]);
    served.bot.clock.set(new Date(TUESDAY.getTime() + 86_400_000));
    await reader.get(at(''));
    expect((await record('gtl')).filter(({ facts }) => facts.page === 'overview')).toHaveLength(2);
  });

  it('opened twice at the same moment is noted once', async () => {
    const reader = await as('cor');
    await Promise.all(Array.from({ length: 6 }, () => reader.get(at('/catalogue'))));
    expect((await record('cor')).filter(({ facts }) => facts.page === 'catalogue')).toHaveLength(1);
  });
});

describe('the list', () => {
  beforeEach(async () => {
    for (const name of ['Claims Hub', 'Ledger 100%', 'atlas_1', 'Beacon']) await served.bot.fileRequest(name);
    await served.bot.say('ispg', 'accept ISSO-2026-0002');
  });

  const listed = async (query: string): Promise<string[]> =>
    numbers(await (await as('gtl')).get(at(`/engagements${query}`)));
  const all = ['ISSO-2026-0001', 'ISSO-2026-0002', 'ISSO-2026-0003', 'ISSO-2026-0004'];

  it('is filtered by state, component, text and day, and takes nothing for a pattern', async () => {
    expect(await listed('')).toEqual(all);
    expect(await listed('?state=KICKOFF_PENDING')).toEqual([all[1]]);
    expect(await listed('?state=ended')).toEqual([]);
    expect(await listed('?component=OIT')).toEqual(all);
    expect(await listed('?component=CMCS')).toEqual([]);
    expect(await listed('?text=%25')).toEqual([all[1]]);
    expect(await listed('?text=_')).toEqual([all[2]]);
    expect(await listed('?text=beac')).toEqual([all[3]]);
    expect(await listed('?text=2026-0003')).toEqual([all[2]]);
    expect(await listed('?from=2026-12-01&until=2026-12-01')).toEqual(all);
    expect(await listed('?until=2026-11-30')).toEqual([]);
    expect(await listed('?from=2026-12-02')).toEqual([]);
    expect(await listed('?standing=late')).toEqual([]);
    expect(await listed('?advisor=cra')).toEqual(all);
  });

  it('says of a kickoff that is being arranged who has the next move, as the page of the engagement does', async () => {
    const { bot } = served;
    const number = 'ISSO-2026-0002';
    const pages = async (): Promise<readonly string[]> => {
      const reader = await as('gtl');
      const found = [await reader.get(at('/engagements')), await reader.get(at(`/engagements/${number}`))];
      return found.map(({ text }) => text);
    };
    const bothSay = async (words: string): Promise<void> => {
      for (const text of await pages()) expect(text).toContain(words);
    };
    await bothSay('Beatriz Okafor chooses a time for the kickoff, or proposes others.');
    await bot.say('bo', `propose ${number} Wed Dec 9 10am`);
    await bothSay('ISPG answers the times that were proposed for the kickoff.');
    await bot.say('ispg', `take 1 for ${number}`);
    await bothSay('The kickoff is on ');
    bot.clock.set(new Date('2026-12-09T17:00:00Z'));
    await bothSay('ISPG records the kickoff.');
  });

  it('is ordered by each column, both ways', async () => {
    expect(await listed('?order=system')).toEqual([all[2], all[3], all[0], all[1]]);
    expect(await listed('?order=system&way=down')).toEqual([all[1], all[0], all[3], all[2]]);
    expect(await listed('?order=number&way=down')).toEqual(all.toReversed());
    expect((await listed('?order=state')).at(-1)).toBe(all[1]);
    for (const order of ['component', 'since', 'filed'])
      expect(await listed(`?order=${order}`)).toHaveLength(4);
  });

  it('takes what it can’t read for not chosen', async () => {
    const odd = `?state=X&component=<b>&order=drop&page=-1&from=9999-99-99&until=soon&advisor=%00&standing=x&text=`;
    expect(await listed(odd)).toEqual(all);
    expect(await listed('?page=99999')).toEqual(all);
    expect(await listed('?text[]=a&state[x]=y&page=1e9')).toEqual(all);
  });

  it('has pages of 25, and the last one behind all others', async () => {
    for (let count = 5; count <= 30; count += 1) await served.bot.fileRequest(`System ${count}`);
    expect(await listed('')).toHaveLength(25);
    expect(await listed('?page=2')).toEqual([26, 27, 28, 29, 30].map((n) => `ISSO-2026-00${n}`));
    expect(await listed('?page=3')).toEqual(await listed('?page=2'));
    const { text } = await (await as('gtl')).get(at('/engagements?page=2&order=system'));
    expect(text).toContain('26 to 30 of 30.');
    expect(text).toContain('href="/dashboard/engagements?order=system" rel="prev"');
  });
});

describe('exports', () => {
  const download = async (reader: WebReader, form: Readonly<Record<string, string>>, headers = {}) => {
    const page = await reader.get(at('/exports'));
    const mark = /name="mark" value="([^"]+)"/u.exec(page.text)?.[1] ?? '';
    return reader.post(at('/exports'), { mark, ...form }, headers);
  };

  it('are downloaded by a form of ours, and each stands in the record', async () => {
    await served.bot.fileRequest();
    const got = await download(await as('cor'), { key: 'engagements', format: 'csv' });
    expect(got.status).toBe(200);
    expect(got.headers.get('content-disposition')).toBe('attachment; filename="engagements-2026-12-01.csv"');
    expect(got.headers.get('content-type')).toMatch(/^text\/csv/u);
    expect(got.text).toContain('ISSO-2026-0001');
    const made = (await record('cor')).find(({ verb }) => verb === 'export.make');
    expect(made?.facts).toMatchObject({ key: 'engagements', format: 'csv', rows: '1' });
  });

  it('are refused to a form of another page, of another site, or of somebody else', async () => {
    const reader = await as('cor');
    const form = { key: 'engagements', format: 'csv' };
    const other =
      /name="mark" value="([^"]+)"/u.exec((await (await as('gtl')).get(at('/exports'))).text)?.[1] ?? '';
    expect((await reader.post(at('/exports'), form)).status).toBe(404);
    expect((await download(reader, { ...form, mark: other })).status).toBe(404);
    expect((await download(reader, form, { 'sec-fetch-site': 'cross-site' })).status).toBe(404);
    expect((await reader.get(at('/exports?key=engagements&format=csv'))).text).toContain('<h1>Exports</h1>');
    expect((await record('cor')).filter(({ verb }) => verb === 'export.make')).toEqual([]);
  });

  it('are refused as missing for what there is not, and as forbidden to whoever may not look', async () => {
    const reader = await as('cor');
    expect((await download(reader, { key: 'secrets', format: 'csv' })).status).toBe(404);
    expect((await download(reader, { key: '__proto__', format: 'exe' })).status).toBe(404);
    expect((await download(await as('bo'), { key: 'engagements', format: 'csv' })).status).toBe(403);
  });
});

describe('the overview', () => {
  it('names first what needs somebody, with who has the next move and the way there', async () => {
    const number = await served.bot.fileRequest('Claims Hub');
    served.bot.clock.set(new Date('2026-12-08T10:00:00-05:00'));
    const { text } = await (await as('ispg')).get(at(''));
    expect(text.indexOf('What needs somebody')).toBeLessThan(text.indexOf('Engagements by state'));
    expect(text).toContain('<h3>Overdue (1)</h3>');
    expect(text).toContain('triage is overdue');
    expect(text).toContain(`href="${served.url}/dashboard/engagements/${number}"`);
    expect(text).toMatch(/state=REQUESTED">Request received<\/a><\/th><td class="number">1</u);
  });

  it('says so when nothing needs anybody, and that it is as of now', async () => {
    const { text } = await (await as('ispg')).get(at(''));
    expect(text).toContain('Nothing needs anybody right now.');
    expect(text).toContain(
      'As of <time datetime="2026-12-01T15:00:00.000Z">Tuesday, December 1, 2026 at 10:00 AM Eastern Time</time>.',
    );
  });
});
