import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import {
  CatalogTable,
  CatalogTableColumnsFunc,
} from '@backstage/plugin-catalog';
import {
  CatalogFilterLayout,
  EntityListProvider,
} from '@backstage/plugin-catalog-react';
import { Container, Header } from '@backstage/ui';
import { ReactNode } from 'react';

/** Tags have a filter of their own; as a column they push out what people read. */
const columns: CatalogTableColumnsFunc = context =>
  CatalogTable.defaultColumnsFunc(context).filter(
    column => column.field !== 'entity.metadata.tags',
  );

/** Everything in the catalog, with filters. */
export function CatalogPage(props: { filters: ReactNode }) {
  const organization =
    useApi(configApiRef).getOptionalString('organization.name');
  return (
    <EntityListProvider pagination>
      <Header title={organization ? `Catalog of ${organization}` : 'Catalog'} />
      <Container>
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
