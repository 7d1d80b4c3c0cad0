import { ReactElement } from 'react';
import { Route, Routes } from 'react-router-dom';
import { CreatePage } from './create/CreatePage';
import { FormPage } from './form/FormPage';

/** The list of templates, and the form of each. */
export function TemplatePages(props: { original: ReactElement }) {
  return (
    <Routes>
      <Route index element={<CreatePage />} />
      <Route
        path=":namespace/:templateName"
        element={<FormPage original={props.original} />}
      />
    </Routes>
  );
}
