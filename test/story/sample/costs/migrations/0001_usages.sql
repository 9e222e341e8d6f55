CREATE TABLE usages (
  id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  team    text NOT NULL,
  size    text NOT NULL,
  hours   numeric(8, 2) NOT NULL CHECK (hours >= 0),
  month   date NOT NULL
);
