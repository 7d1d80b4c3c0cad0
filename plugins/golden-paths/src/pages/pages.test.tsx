import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import {
  catalogApiRef,
  entityPresentationApiRef,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';
import {
  LogEvent,
  ScaffolderApi,
  scaffolderApiRef,
} from '@backstage/plugin-scaffolder-react';
import { formFieldsApiRef } from '@backstage/plugin-scaffolder-react/alpha';
import { JsonObject } from '@backstage/types';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ReactElement } from 'react';
import { Route, Routes } from 'react-router-dom';
import { presentationBy } from '../__testUtils__/presentationBy';
import { CreatePage } from './create/CreatePage';
import { needsOriginalForm } from './form/needsOriginalForm';
import { Summary } from './form/Summary';
import { FormPage } from './form/FormPage';
import { RunPage } from './run/RunPage';
import { RunsPage } from './runs/RunsPage';

const template = {
  apiVersion: 'scaffolder.backstage.io/v1beta3',
  kind: 'Template',
  metadata: {
    name: 'create-http-service',
    namespace: 'default',
    title: 'An HTTP service',
    description: 'A service in Go',
    tags: ['recommended'],
  },
  spec: { type: 'service' },
};

const manifest = {
  title: 'An HTTP service',
  steps: [
    {
      title: 'What is it?',
      schema: {
        properties: {
          owner: { type: 'string', title: 'Owner', 'ui:field': 'OwningGroup' },
          size: {
            type: 'string',
            title: 'Size',
            enum: ['s', 'l'],
            enumNames: ['Small', 'Large'],
          },
        },
      },
    },
  ],
};

const task = {
  id: 'run-1',
  status: 'failed' as const,
  createdAt: '2026-11-22T10:00:00.000Z',
  spec: {
    apiVersion: 'scaffolder.backstage.io/v1beta3' as const,
    parameters: { name: 'quotes' },
    steps: [
      { id: 'write', name: 'Write the files', action: 'a' },
      { id: 'publish', name: 'Make the repository', action: 'b' },
    ],
    output: {},
    templateInfo: {
      entityRef: 'template:default/create-http-service',
      entity: template,
    },
    user: { ref: 'user:default/mina' },
  },
};

let instant = 0;
function event(body: object, type: LogEvent['type'] = 'log'): LogEvent {
  instant += 1;
  return {
    id: instant,
    taskId: task.id,
    type,
    createdAt: `2026-11-22T10:00:0${instant % 10}.000Z`,
    body: body as LogEvent['body'],
  };
}

function streamOf(events: LogEvent[]) {
  return {
    subscribe(observer: { next(value: LogEvent): void }) {
      queueMicrotask(() => events.forEach(value => observer.next(value)));
      return { unsubscribe() {}, closed: false };
    },
  };
}

function render(
  element: ReactElement,
  scaffolder: Partial<Record<keyof ScaffolderApi, unknown>> = {},
  path = '/',
  loadFormFields: () => Promise<[]> = async () => [],
) {
  return renderInTestApp(
    <Routes>
      <Route path="/:namespace/:templateName" element={element} />
      <Route path="/:taskId" element={element} />
      <Route index element={element} />
    </Routes>,
    {
      initialRouteEntries: [path],
      apis: [
        [catalogApiRef, catalogApiMock({ entities: [template] })],
        [scaffolderApiRef, scaffolder as Partial<ScaffolderApi>],
        [formFieldsApiRef, { loadFormFields }],
        [permissionApiRef, mockApis.permission()],
        [
          entityPresentationApiRef,
          presentationBy(entity => `Title of ${entity}`),
        ],
      ],
      mountedRoutes: {
        '/catalog/:namespace/:kind/:name': entityRouteRef,
        '/create': scaffolderPlugin.routes.root,
      },
    },
  );
}

describe('the Create page', () => {
  it('shows templates by intent and says when a search finds none', async () => {
    render(<CreatePage />);

    const group = await screen.findByRole('region', {
      name: 'Create something new',
    });
    expect(
      within(group).getByRole('link', { name: 'An HTTP service' }),
    ).toHaveAttribute('href', '/create/templates/default/create-http-service');
    expect(within(group).getByText('Recommended')).toBeVisible();

    await userEvent.type(screen.getByRole('searchbox'), 'mainframe');
    expect(
      await screen.findByText('No template matches “mainframe”.'),
    ).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Show all' }));
    expect(
      await screen.findByRole('link', { name: 'An HTTP service' }),
    ).toBeVisible();
  });
});

describe('the summary', () => {
  it('speaks the words of the form, in its order', async () => {
    const schemas = manifest.steps.map(({ schema, title }) => ({
      title,
      mergedSchema: schema as JsonObject,
      schema: {},
      uiSchema: {},
    }));
    render(
      <Summary
        schemas={schemas}
        formState={{
          size: 'l',
          owner: 'group:default/checkout',
          note: 'group:default/checkout',
        }}
      />,
    );

    const table = await screen.findByRole('table');
    expect(
      within(table)
        .getAllByRole('row')
        .map(row => row.textContent),
    ).toEqual([
      'OwnerTitle of group:default/checkout',
      'SizeLarge',
      'Notegroup:default/checkout',
    ]);
  });
});

describe('the form', () => {
  it('says why a run could not be started, and keeps the answers', async () => {
    const scaffold = jest.fn().mockRejectedValue(new Error('owner is not one'));
    render(
      <FormPage original={<p>The original</p>} />,
      { getTemplateParameterSchema: async () => ({ ...manifest }), scaffold },
      '/default/create-http-service',
    );

    await userEvent.click(
      await screen.findByRole('button', { name: 'Review' }),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Create' }),
    );

    expect(await screen.findByText('owner is not one')).toBeVisible();
    expect(scaffold).toHaveBeenCalledTimes(1);
  });

  it('says so when its fields cannot be loaded, as after an upgrade of the portal', async () => {
    render(
      <FormPage original={<p>The original</p>} />,
      { getTemplateParameterSchema: async () => ({ ...manifest }) },
      '/default/create-http-service',
      async () => {
        throw new Error('Loading chunk 7 failed');
      },
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Loading chunk 7 failed',
    );
  });

  it.each([
    ['decorators', { ...manifest, formDecorators: [{ id: 'token' }] }, true],
    [
      'secrets',
      {
        title: '',
        steps: [
          {
            title: '',
            schema: { properties: { a: { 'ui:field': 'Secret' } } },
          },
        ],
      },
      true,
    ],
    ['neither', manifest, false],
  ])('of a template with %s', (_, asked, expected) => {
    expect(needsOriginalForm(asked)).toBe(expected);
  });
});

describe('a run', () => {
  it('explains the step that failed, and goes on when retried', async () => {
    const failed = [
      event({ message: 'Beginning', stepId: 'write', status: 'processing' }),
      event({ message: 'Written', stepId: 'write', status: 'completed' }),
      event({ message: 'Asks', stepId: 'publish', status: 'processing' }),
      event({ message: 'Boom', stepId: 'publish', status: 'failed' }),
      event(
        {
          message: 'x',
          error: { name: 'NotAllowedError', message: 'No access to acme' },
        },
        'completion',
      ),
    ];
    const done = [
      ...failed.slice(0, 4),
      event({ recoverStrategy: 'none' }, 'recovered'),
      event({ message: 'Written', stepId: 'write', status: 'completed' }),
      event({ message: 'Made', stepId: 'publish', status: 'completed' }),
      event(
        {
          message: 'x',
          output: {
            links: [
              {
                title: 'Open the component',
                entityRef: 'component:default/quotes',
              },
              { title: 'Bad', url: 'data:text/html,x' },
              { title: 'No reference', entityRef: 'quotes' },
            ],
            text: [{ title: 'What was made', content: 'A **repository**' }],
          },
        },
        'completion',
      ),
    ];
    const streamLogs = jest
      .fn()
      .mockReturnValueOnce(streamOf(failed))
      .mockReturnValue(streamOf(done));
    const retry = jest.fn().mockResolvedValue({ id: task.id });
    render(
      <RunPage />,
      { getTask: async () => task, streamLogs, retry },
      '/run-1',
    );

    expect(
      await screen.findByText(/“Make the repository” failed/),
    ).toBeVisible();
    expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent(
      'quotes: An HTTP service',
    );
    // What to do depends on the kind of the error, which its message need not say.
    expect(screen.getByText(/until somebody grants access/)).toBeVisible();
    expect(
      screen.getByRole('region', { name: 'Log of Make the repository' }),
    ).toHaveTextContent('Boom');
    expect(screen.getByRole('link', { name: 'Start over' })).toHaveAttribute(
      'href',
      '/create/templates/default/create-http-service?formData=%7B%22name%22%3A%22quotes%22%7D',
    );

    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));

    expect(retry).toHaveBeenCalledWith('run-1');
    expect(
      await screen.findByRole('link', { name: 'Open the component' }),
    ).toHaveAttribute('href', '/catalog/default/component/quotes');
    expect(
      screen.getByRole('region', { name: 'What was made' }),
    ).toHaveTextContent('A repository');
    for (const name of ['Bad', 'No reference']) {
      expect(screen.queryByRole('link', { name })).not.toBeInTheDocument();
    }
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });
});

describe('the list of runs', () => {
  it('shows mine first and those of others when asked', async () => {
    const listTasks = jest.fn(async ({ filterByOwnership }) =>
      filterByOwnership === 'owned'
        ? { tasks: [], totalTasks: 0 }
        : { tasks: [task], totalTasks: 1 },
    );
    render(<RunsPage />, { listTasks });

    expect(
      await screen.findByText(/You have not run a template yet/),
    ).toBeVisible();
    await userEvent.click(screen.getByRole('switch'));
    const link = await screen.findByRole('link', {
      name: 'quotes: An HTTP service',
    });
    expect(link).toHaveAttribute('href', '/create/tasks/run-1');
    await waitFor(() => expect(link.closest('li')).toHaveTextContent('Failed'));
  });
});
