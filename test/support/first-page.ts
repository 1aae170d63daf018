/** The first page of the request's form, as its owner fills it in. */
export const FIRST_PAGE = {
  system_name: 'Claims Hub',
  system_count: '1',
  reason: ['surge'],
  current_isso_state: 'none',
  tasks: ['categorization'],
  need_summary: 'Our ISSO retires in March and the ATO ends in June.',
};
