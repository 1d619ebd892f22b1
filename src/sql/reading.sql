-- ---- How exports are read ---------------------------------------------------------------------------------------------------
--
-- Rows are split here by the rule itself and not by read_csv, which takes a row with one delimiter too many for a good one, drops
-- blanks before a quote, and knows no Windows-1252: what it hides would have to be counted.

-- The bytes of an export as text: a plain character is itself, any other byte is \x and two digits (é in UTF-8 is \xC3\xA9).
CREATE OR REPLACE TEMP MACRO escaped_utf8(bytes) AS
  replace(replace(replace(replace(bytes::VARCHAR, '\x22', '"'), '\x0A', chr(10)), '\x0D', chr(13)), '\x09', chr(9));

-- The character of a byte of Windows-1252 (WHATWG), as escaped UTF-8; bytes below 80 are the same in both.
CREATE OR REPLACE TEMP MACRO from_windows_1252(byte) AS CASE
  WHEN byte < 128 THEN '\x' || printf('%02X', byte)
  WHEN byte < 160 THEN encode(chr([8364, 129, 8218, 402, 8222, 8230, 8224, 8225, 710, 8240, 352, 8249, 338, 141, 381, 143, 144,
    8216, 8217, 8220, 8221, 8226, 8211, 8212, 732, 8482, 353, 8250, 339, 157, 382, 376][byte - 127]))::VARCHAR
  ELSE encode(chr(byte))::VARCHAR END;

CREATE OR REPLACE TEMP MACRO escaped_windows_1252(bytes) AS
  array_to_string(list_transform(string_split(escaped_utf8(bytes), '\x'), lambda piece, place: CASE
    WHEN place = 1 THEN piece
    ELSE from_windows_1252(('0x' || piece[1:2])::INTEGER) || piece[3:] END), '');

-- UTF-16 from its code units in hexadecimal: two surrogates are one character, and one alone is none (an invalid byte: \xFF).
CREATE OR REPLACE TEMP MACRO from_utf16(units) AS CASE
  WHEN length(units) = 8 THEN encode(chr(65536 + (('0x' || units[1:4])::INTEGER - 55296) * 1024
    + ('0x' || units[5:8])::INTEGER - 56320))::VARCHAR
  WHEN length(units) < 4 OR units BETWEEN 'D800' AND 'DFFF' THEN '\xFF'
  ELSE encode(chr(('0x' || units)::INTEGER))::VARCHAR END;

CREATE OR REPLACE TEMP MACRO escaped_utf16(digits) AS
  escaped_utf8(array_to_string(list_transform(regexp_extract_all(digits, 'D[89AB]..D[C-F]..|....|..'),
    lambda units: from_utf16(units)), '')::BLOB);

-- The text of an export without its byte order mark, in escaped UTF-8. A mark of another encoding stops the run.
CREATE OR REPLACE TEMP MACRO escaped(bytes, encoding) AS CASE
  WHEN encoding <> 'utf-8' AND starts_with(hex(bytes[1:3]), 'EFBBBF')
    OR encoding <> 'utf-16le' AND starts_with(hex(bytes[1:2]), 'FFFE')
    OR encoding <> 'utf-16be' AND starts_with(hex(bytes[1:2]), 'FEFF')
    THEN error('encoding-mismatch: the byte order mark of an export is not that of ' || encoding)
  WHEN encoding = 'utf-8' THEN regexp_replace(escaped_utf8(bytes), '^\\xEF\\xBB\\xBF', '')
  WHEN encoding = 'windows-1252' THEN escaped_windows_1252(bytes)
  WHEN encoding = 'utf-16be' THEN escaped_utf16(regexp_replace(hex(bytes), '^FEFF', ''))
  WHEN encoding = 'utf-16le'
    THEN escaped_utf16(regexp_replace(regexp_replace(hex(bytes), '(..)(..)', '\2\1', 'g'), '^FEFF', '')) END;

-- A field: in quotes (doubled inside) with what follows up to the delimiter; or a quote that nothing closes; or without quotes.
CREATE OR REPLACE TEMP MACRO field_pattern(delimiter) AS
  '"(?:[^"]|"")*"(?:[^"\r\n' || delimiter || '][^\r\n' || delimiter || ']*)?|"(?:[^"]|"")*\z|(?:[^"\r\n' || delimiter || '][^\r\n'
  || delimiter || ']*)?';

-- The rows of one export, each with the line on which it begins. Empty lines are no rows.
CREATE OR REPLACE TEMP MACRO rows_of(wanted_source, wanted_file, encoding, delimiter) AS TABLE
WITH export_text AS (
  SELECT source, file, escaped(bytes, encoding) AS text FROM export WHERE source = wanted_source AND file = wanted_file
), split AS (
  SELECT source, file, text, regexp_extract_all(text, '(?:' || field_pattern(delimiter) || ')(?:[' || delimiter || '](?:'
    || field_pattern(delimiter) || '))*(?:\r?\n|\z)') AS rows FROM export_text
), whole AS (
  SELECT source, file, CASE WHEN length(array_to_string(rows, '')) = length(text) THEN rows
    ELSE error('lone-cr: an export of ' || source || ' has a carriage return that no line feed follows') END AS rows FROM split
), numbered AS (
  SELECT source, file, unnest(rows) AS row, generate_subscripts(rows, 1) AS number FROM whole
), placed AS (
  SELECT source, file, number, 1 + coalesce(sum(length(row) - length(replace(row, chr(10), ''))) OVER (ORDER BY number
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS line, regexp_replace(row, '\r?\n\z', '') AS row FROM numbered
)
SELECT source, file, CAST(line AS BIGINT) AS line, row AS text, row_number() OVER (ORDER BY number) = 1 AS is_header,
  regexp_extract_all(delimiter || row, '[' || delimiter || '](' || field_pattern(delimiter) || ')', 1) AS fields
FROM placed WHERE row <> '';

-- What stands in a field: without its quotes, doubled quotes made single, decoded; NULL where it cannot be decoded.
CREATE OR REPLACE TEMP MACRO content(field) AS CASE WHEN starts_with(field, '"')
  THEN replace(regexp_extract(field, '^"((?:[^"]|"")*)"?', 1), '""', '"') || regexp_extract(field, '^"(?:[^"]|"")*"(.*)$', 1)
  ELSE field END;
CREATE OR REPLACE TEMP MACRO decoded(text) AS CASE WHEN contains(text, '\x') THEN TRY(decode(text::BLOB)) ELSE text END;

-- Without the spaces, tabs and no-break spaces around it.
CREATE OR REPLACE TEMP MACRO trimmed(text) AS trim(text, ' ' || chr(9) || chr(160) || chr(8239));

-- Why a row cannot be read as a row (section 7); NULL when it can.
CREATE OR REPLACE TEMP MACRO fault_of_row(text, fields, header, multiline) AS CASE
  WHEN decoded(text) IS NULL THEN 'invalid-encoding'
  WHEN starts_with(fields[-1], '"') AND NOT regexp_full_match(fields[-1], '(?s)"(?:[^"]|"")*"(?:[^"].*)?') THEN 'unclosed-quote'
  WHEN contains(text, chr(10)) AND len(list_filter(fields, lambda field, place: contains(field, chr(10))
    AND NOT list_contains(multiline, coalesce(header[place], '')))) > 0 THEN 'suspicious-quote'
  WHEN len(fields) <> len(header) THEN 'ragged-row' END;

-- The value in a column, trimmed; a null is the empty text.
CREATE OR REPLACE TEMP MACRO cell(fields, header, nulls, name) AS CASE
  WHEN list_contains(nulls, trimmed(decoded(content(fields[list_position(header, name)])))) THEN ''
  ELSE coalesce(trimmed(decoded(content(fields[list_position(header, name)]))), '') END;

-- The rows of a source after their headers, each with the names in the header of its export.
CREATE OR REPLACE TEMP MACRO names_of(fields) AS list_transform(fields, lambda field: coalesce(trimmed(decoded(content(field))), ''));
CREATE OR REPLACE TEMP MACRO rows_with_header(wanted_source) AS TABLE
WITH header AS (
  SELECT file, name AS file_name, names_of(fields) AS header FROM export_row JOIN export USING (source, file)
  WHERE source = wanted_source AND is_header
)
SELECT file, line, text, fields, file_name, header FROM export_row JOIN header USING (file)
WHERE source = wanted_source AND NOT is_header;

-- ---- How timestamps are read --------------------------------------------------------------------------------------------------

-- A timestamp as written: the wall time, whether a time stood beside the date, and its distance from Greenwich in seconds where
-- one is written. NULL when there is no such day or time.
CREATE OR REPLACE TEMP MACRO stamp(year, month, day, hour, minute, second, zone) AS CASE
  WHEN coalesce(try_cast(hour AS INTEGER), 0) <= 23 AND coalesce(try_cast(minute AS INTEGER), 0) <= 59
    AND coalesce(try_cast(second AS INTEGER), 0) <= 59
    AND TRY(make_date(try_cast(year AS INTEGER), try_cast(month AS INTEGER), try_cast(day AS INTEGER))) IS NOT NULL THEN {
    'wall': make_date(try_cast(year AS INTEGER), try_cast(month AS INTEGER), try_cast(day AS INTEGER))
      + to_seconds(coalesce(try_cast(hour AS INTEGER), 0) * 3600 + coalesce(try_cast(minute AS INTEGER), 0) * 60
        + coalesce(try_cast(second AS INTEGER), 0)),
    'has_time': hour <> '',
    'gmt_offset': CASE WHEN zone IN ('Z', 'z') THEN 0 WHEN zone <> '' THEN
      CASE WHEN zone[1] = '+' THEN 1 ELSE -1 END * (zone[2:3]::INTEGER * 3600 + zone[-2:]::INTEGER * 60) END } END;

-- The hour of a clock of twelve hours.
CREATE OR REPLACE TEMP MACRO hour_of_half(hour, half) AS CASE WHEN try_cast(hour AS INTEGER) BETWEEN 1 AND 12
  THEN CAST(try_cast(hour AS INTEGER) % 12 + CASE WHEN upper(half) = 'P' THEN 12 ELSE 0 END AS VARCHAR) ELSE '99' END;

-- Any blank as a space: a blank of a pattern stands for any number of them, and a number may have some before it.
CREATE OR REPLACE TEMP MACRO plain_blanks(text) AS regexp_replace(text, '[\t-\r\x{85}\pZ]', ' ', 'g');

-- YYYY-MM-DD or YYYY/MM/DD, then a space or T and HH:MM[:SS[.fraction]], then Z, ±HH:MM or ±HHMM; fractions are dropped.
CREATE OR REPLACE TEMP MACRO iso_parts(text) AS regexp_extract(text, '^(\d{4})(?:-(\d\d)-|/(\d\d)/)(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d)'
  || '(?:\.\d+)?)?(Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)?)?$', ['year', 'month', 'month2', 'day', 'hour', 'minute', 'second', 'zone']);
CREATE OR REPLACE TEMP MACRO iso_stamp(parts) AS
  stamp(parts.year, parts.month || parts.month2, parts.day, parts.hour, parts.minute, parts.second, parts.zone);
CREATE OR REPLACE TEMP MACRO iso(text) AS iso_stamp(iso_parts(text));

-- The text of a date and a time that stand in two columns: without a date there is no moment.
CREATE OR REPLACE TEMP MACRO joined(date, time) AS CASE WHEN date = '' OR time = '' THEN date ELSE date || ' ' || time END;

-- So many whole seconds (digits, perhaps with decimals) after an instant; NULL when they are no such number.
CREATE OR REPLACE TEMP MACRO seconds_after(instant, seconds) AS CASE WHEN regexp_full_match(seconds, '\d+(\.\d+)?')
  THEN TRY(instant + to_seconds(try_cast(split_part(seconds, '.', 1) AS BIGINT))) END;
