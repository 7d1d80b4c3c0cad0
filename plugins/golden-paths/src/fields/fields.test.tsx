import { GroupEntity } from '@backstage/catalog-model';
import { ApiHolder, identityApiRef } from '@backstage/frontend-plugin-api';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import {
  catalogApiRef,
  entityPresentationApiRef,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { NameAvailability } from '@waymark/golden-paths-common';
import { ComponentType, useState } from 'react';
import { presentationBy } from '../__testUtils__/presentationBy';
import { GoldenPathsApi, goldenPathsApiRef } from '../api/GoldenPathsApi';
import { ComponentNameField } from './ComponentName/ComponentNameField';
import { validateName } from './ComponentName/validateName';
import { EntityOfKindField } from './EntityOfKind/EntityOfKindField';
import { OwningGroupField } from './OwningGroup/OwningGroupField';

type Field = ComponentType<FieldExtensionComponentProps<string>>;

function group(name: string, displayName: string, type = 'team') {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name, namespace: 'default' },
    spec: { type, profile: { displayName }, children: [] },
  };
}

const entities = [
  group('ledger', 'Ledger'),
  group('checkout', 'Checkout'),
  group('payments', 'Payments', 'department'),
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'quotes', namespace: 'default' },
    spec: { type: 'service' },
  },
];

const free = async (name: string): Promise<NameAvailability> => ({
  name,
  available: true,
  reasons: [],
});

function render(
  Tested: Field,
  options: {
    checkName?: GoldenPathsApi['checkName'];
    mine?: string[];
    formData?: string;
    kind?: string;
    /** How many times the catalog does not answer. */
    fails?: number;
    type?: string;
  } = {},
) {
  const { checkName = free, mine = [], kind, type } = options;
  const changes: (string | undefined)[] = [];
  const catalog = catalogApiMock({ entities });
  let failures = options.fails ?? 0;
  const stream = catalog.streamEntities.bind(catalog);
  catalog.streamEntities = (...args) => {
    if (failures > 0) {
      failures -= 1;
      throw new Error('The catalog is asleep');
    }
    return stream(...args);
  };
  function Form() {
    const [formData, setFormData] = useState(options.formData);
    const props = {
      schema: { title: 'Answer' },
      uiSchema: { 'ui:options': { kind, type } },
      idSchema: { $id: 'root_answer' },
      required: true,
      formData,
      onChange: (value: string | undefined) => {
        changes.push(value);
        setFormData(value);
      },
    } as unknown as FieldExtensionComponentProps<string>;
    return <Tested {...props} />;
  }
  renderInTestApp(<Form />, {
    apis: [
      [goldenPathsApiRef, { checkName }],
      [catalogApiRef, catalog],
      [
        identityApiRef,
        mockApis.identity({
          userEntityRef: 'user:default/mina',
          ownershipEntityRefs: ['user:default/mina', ...mine],
        }),
      ],
      [
        entityPresentationApiRef,
        presentationBy(entity =>
          typeof entity === 'string'
            ? entity
            : (entity as Partial<GroupEntity>).spec?.profile?.displayName ??
              entity.metadata.name,
        ),
      ],
    ],
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
  });
  return { changes };
}

describe('the name of a component', () => {
  it('is checked when the typing pauses, and said to be free', async () => {
    const checkName = jest.fn(free);
    render(ComponentNameField, { checkName });

    await userEvent.type(await screen.findByLabelText(/Answer/), 'rates');

    expect(await screen.findByText('rates is free')).toBeVisible();
    expect(checkName.mock.calls.at(-1)?.[0]).toBe('rates');
    expect(checkName.mock.calls.length).toBeLessThan(3);
  });

  it('is refused with the reason and a link to what has it', async () => {
    const reason = 'there is already a Component "quotes"';
    render(ComponentNameField, {
      checkName: async name => ({ name, available: false, reasons: [reason] }),
    });

    await userEvent.type(await screen.findByLabelText(/Answer/), 'quotes');

    const status = await screen.findByText(/quotes is taken/);
    expect(status).toHaveTextContent(reason);
    expect(await within(status).findByRole('link')).toHaveAttribute(
      'href',
      '/catalog/default/component/quotes',
    );
    expect(screen.getByLabelText(/Answer/)).toHaveAttribute(
      'aria-invalid',
      'true',
    );
  });

  it('is not asked for when it is no name at all', async () => {
    const checkName = jest.fn(free);
    render(ComponentNameField, { checkName });

    await userEvent.type(await screen.findByLabelText(/Answer/), 'My Quotes');

    expect(
      await screen.findByText(/must be lower-case words with hyphens/),
    ).toBeVisible();
    expect(checkName).not.toHaveBeenCalled();
  });

  it('may be used when nobody can say whether it is free', async () => {
    const checkName = async () => {
      throw new Error('asleep');
    };
    render(ComponentNameField, { checkName });

    await userEvent.type(await screen.findByLabelText(/Answer/), 'rates');

    expect(
      await screen.findByText(/Nobody could say whether rates is free/),
    ).toBeVisible();
    expect(screen.getByLabelText(/Answer/)).not.toHaveAttribute('aria-invalid');
    expect(await errorsOf('rates', checkName)).toEqual([]);
  });

  it('is checked again when the person goes on', async () => {
    expect(await errorsOf('rates', free)).toEqual([]);
    expect(await errorsOf('../../x', free)).toEqual([
      expect.stringContaining('must be lower-case words'),
    ]);
    expect(
      await errorsOf('quotes', async name => ({
        name,
        available: false,
        reasons: ['it is there'],
      })),
    ).toEqual(['is taken: it is there']);
  });
});

async function errorsOf(name: string, checkName: GoldenPathsApi['checkName']) {
  const errors: string[] = [];
  const apiHolder = { get: () => ({ checkName }) } as unknown as ApiHolder;
  await validateName(
    name,
    { addError: message => errors.push(message) },
    { apiHolder },
  );
  return errors;
}

describe('the owning group', () => {
  it('is mine at once when I have one', async () => {
    const { changes } = render(OwningGroupField as Field, {
      mine: ['group:default/checkout'],
    });

    await waitFor(() => expect(changes).toEqual(['group:default/checkout']));
    await waitFor(() =>
      expect(screen.getByRole('combobox')).toHaveValue('Checkout'),
    );
  });

  it('stays what a link has filled in', async () => {
    const { changes } = render(OwningGroupField as Field, {
      mine: ['group:default/checkout'],
      formData: 'group:default/ledger',
    });

    await waitFor(() =>
      expect(screen.getByRole('combobox')).toHaveValue('Ledger'),
    );
    expect(changes).toEqual([]);
  });

  it('offers my groups first, then the others of the type', async () => {
    const { changes } = render(OwningGroupField as Field, {
      mine: ['group:default/ledger', 'group:default/payments'],
      type: 'team',
      formData: 'group:default/checkout',
    });
    const field = await screen.findByRole('combobox');
    await waitFor(() => expect(field).toHaveValue('Checkout'));

    await userEvent.clear(field);
    await userEvent.keyboard('{ArrowDown}');
    const options = await screen.findAllByRole('option');
    expect(options.map(({ textContent }) => textContent)).toEqual([
      'Ledger',
      'Checkout',
    ]);
    await userEvent.click(options[0]);
    expect(changes.at(-1)).toBe('group:default/ledger');
  });
});

describe('an entity of a kind', () => {
  it('is chosen without typing, and the list stays closed', async () => {
    const { changes } = render(EntityOfKindField as Field, { kind: 'Group' });
    const field = await screen.findByRole('combobox');

    await userEvent.click(field);
    await userEvent.keyboard('{ArrowDown}');
    await userEvent.click(
      await screen.findByRole('option', { name: 'Payments' }),
    );

    await waitFor(() => expect(field).toHaveValue('Payments'));
    expect(changes).toEqual(['group:default/payments']);
    expect(screen.queryByRole('option')).not.toBeInTheDocument();
  });

  it('says when there is nothing to load from, and tries again', async () => {
    render(EntityOfKindField as Field, { kind: 'Group', fails: 1 });

    await userEvent.click(
      await screen.findByRole('button', { name: 'Try again' }),
    );

    expect(await screen.findByRole('combobox')).toBeVisible();
  });
});
