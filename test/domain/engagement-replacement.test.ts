import { describe, expect, it } from 'vitest';
import { NEW_COURSE } from '../../src/domain/course.ts';
import type { Engagement } from '../../src/domain/engagement.ts';
import { fileRequest } from '../../src/domain/engagement.ts';
import {
  acceptReplacement,
  declineReplacement,
  nameReplacement,
  reassign,
  replace,
} from '../../src/domain/engagement-replacement.ts';
import { cisoNotice } from '../../src/domain/engagement-work.ts';

const AT = new Date('2026-12-01T15:00:00Z');
const by = (byId: string) => ({ byId, at: AT });
const assigned = cisoNotice('assignment', '2026-09-01');

const inState = (state: 'ACTIVE' | 'ONBOARDING'): Engagement => ({
  ...fileRequest(
    {
      id: 'e1',
      number: 'ISSO-2026-0001',
      offering: 'issoaas',
      formVersion: 1,
      component: 'OIT',
      systemName: 'Claims Hub',
      answers: [],
      requesterId: 'bo',
      businessOwnerId: 'bo',
      craId: null,
    },
    AT,
  ).engagement,
  state,
  ending: null,
  course: { ...NEW_COURSE, serviceIssoId: 'isso', cisoNotices: [assigned] },
});

function made(change: ReturnType<typeof reassign>): Engagement {
  if (!change.ok) throw new Error(change.refusal.code);
  return change.value.engagement;
}
const changing = (
  state: 'ACTIVE' | 'ONBOARDING' = 'ACTIVE',
  replacementId: string | null = null,
): Engagement =>
  made(reassign(inState(state), { reason: 'other', replacementId, endOn: '2026-12-18' }, by('lead')));

describe('the notice to the CISO when a Service ISSO is changed', () => {
  it('counts from the last day of somebody who was at work', () => {
    expect(changing().course.cisoNotices).toEqual([assigned, cisoNotice('reassignment', '2026-12-18')]);
  });
  it('is not owed for somebody who had not begun', () => {
    expect(changing('ONBOARDING').course.cisoNotices).toEqual([assigned]);
  });
});

describe('naming a replacement', () => {
  it('comes after a decline, with both acceptances still to be given', () => {
    const declined = made(
      declineReplacement(
        made(acceptReplacement(changing('ACTIVE', 'isso2'), 'ispg', by('ispg'))),
        'cost',
        'business_owner',
        by('bo'),
      ),
    );
    expect(declined.course).toMatchObject({
      reassignment: { replacement: null },
      passedOver: [{ personId: 'isso2', reason: 'cost', side: 'business_owner' }],
    });
    const again = made(nameReplacement(declined, 'isso3'));
    expect(again.course.reassignment?.replacement).toEqual({
      personId: 'isso3',
      ispg: null,
      businessOwner: null,
    });
    expect(replace(again, '2026-12-21', by('lead'))).toMatchObject({
      refusal: { code: 'waits-for', side: 'ispg' },
    });
  });

  it('is refused while another one is named, for who leaves, and where nobody is changed', () => {
    expect(nameReplacement(changing('ACTIVE', 'isso2'), 'isso3')).toMatchObject({
      refusal: { code: 'already-done' },
    });
    expect(nameReplacement(changing(), 'isso')).toMatchObject({ refusal: { code: 'same-person' } });
    expect(nameReplacement(inState('ACTIVE'), 'isso3')).toMatchObject({ refusal: { code: 'wrong-state' } });
  });
});
