import { expect, it } from 'vitest';
import { plainWords } from '../../adapters/slack/words.ts';

it.each([
  ['hello', 'hello'],
  ['<@U0BOT> status', 'status'],
  ['<@U0BOT|isso>: status', 'status'],
  ['ask <@U0OTHER|Ann> about it', 'ask @Ann about it'],
  ['ask <@U0OTHER> about it', 'ask @U0OTHER about it'],
  ['see <#C0ISPG|ispg> and <#C0X>', 'see #ispg and #C0X'],
  ['<!here> and <!channel> and <!subteam^S1|@team>', '@here and @channel and @team'],
  ['at <!date^1764601200^{date}|Dec 1>', 'at Dec 1'],
  ['mail <mailto:a@b.gov|a@b.gov> or <mailto:a@b.gov>', 'mail a@b.gov or a@b.gov'],
  ['<https://cms.gov/x|cms.gov/x> and <https://cms.gov>', 'cms.gov/x and https://cms.gov'],
  ['a &lt;b&gt; &amp;amp; c', 'a <b> &amp; c'],
  ['R&amp;D', 'R&D'],
  ['1 < 2', '1 < 2'],
])('%s was typed as: %s', (sent, typed) => {
  expect(plainWords(sent, 'U0BOT')).toBe(typed);
});
