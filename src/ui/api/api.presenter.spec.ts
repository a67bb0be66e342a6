import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { openApi } from '../../platform/http/open-api';
import { presentApi } from './api.presenter';

const document = openApi(
  [
    {
      method: 'post',
      path: '/things/{id}',
      handler: 'Things.make',
      may: 'make-things',
      audited: 'thing-made',
      described: {
        summary: 'Makes a thing',
        body: z.object({
          name: z.string().describe('What it is called.'),
          size: z.enum(['small', 'large']).optional(),
        }),
        answers: { 200: z.object({ parts: z.array(z.object({ at: z.iso.datetime() })) }), 202: 'text/csv' },
      },
    },
  ],
  'http://localhost',
  'http://identity',
);

describe('the page of the API', () => {
  it('shows what a route takes, with deeper fields by their path', () => {
    const [route] = presentApi(document).routes;
    expect(route).toMatchObject({ method: 'POST', path: '/things/{id}', right: 'make-things' });
    expect(route?.parameters.map(({ name }) => name)).toEqual(['id', 'X-Request-ID']);
    expect(route?.body).toEqual([
      { name: 'name', type: 'string', remark: 'What it is called.' },
      { name: 'size', type: 'small | large', remark: 'Optional.' },
    ]);
    expect(route?.answers).toEqual([
      {
        status: '200 OK',
        media: 'application/json',
        fields: [
          { name: 'parts', type: 'list of object', remark: '' },
          { name: 'parts[].at', type: 'string (date-time)', remark: '' },
        ],
      },
      { status: '202 Accepted', media: 'text/csv', fields: [] },
    ]);
  });
});
