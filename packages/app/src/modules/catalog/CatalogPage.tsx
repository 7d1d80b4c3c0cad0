import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import {
  CatalogTable,
  CatalogTableColumnsFunc,
} from '@backstage/plugin-catalog';
import {
  CatalogFilterLayout,
  EntityListProvider,
} from '@backstage/plugin-catalog-react';
import { Container, VisuallyHidden } from '@backstage/ui';
import { ReactNode } from 'react';

/** Tags have a filter of their own; as a column they push out what people read. */
const columns: CatalogTableColumnsFunc = context =>
  CatalogTable.defaultColumnsFunc(context).filter(
    column => column.field !== 'entity.metadata.tags',
  );

/** A list of entities with filters; its title is in the bar above. */
export function CatalogPage(props: { title: string; filters: ReactNode }) {
  const organization =
    useApi(configApiRef).getOptionalString('organization.name');
  return (
    <EntityListProvider pagination>
      <Container>
        {/* The bar is no heading, and a second title below it would only take room. */}
        <VisuallyHidden>
          <h1>
            {organization ? `${props.title} of ${organization}` : props.title}
          </h1>
        </VisuallyHidden>
        <CatalogFilterLayout>
          <CatalogFilterLayout.Filters>
            {props.filters}
          </CatalogFilterLayout.Filters>
          <CatalogFilterLayout.Content>
            {/* Columns that can be dragged are buttons within buttons to a screen reader. */}
            <CatalogTable
              columns={columns}
              tableOptions={{ draggable: false }}
            />
          </CatalogFilterLayout.Content>
        </CatalogFilterLayout>
      </Container>
    </EntityListProvider>
  );
}
