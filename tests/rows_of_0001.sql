-- SPDX-License-Identifier: EUPL-1.2
-- A fair as small as can be, in the tables of migration 0001.
INSERT INTO organiser
  (id, name, email, is_demonstration) VALUES
  (1, 'Équipe', 'e@x.fr', false);
INSERT INTO series
  (id, organiser_id, slug, name) VALUES
  (1, 1, 'fair', 'Fair');
INSERT INTO edition
  (id, series_id, organiser_id, slug, name, theme, mode, state, starts_on, ends_on, venue, city, practical, timezone, version, is_demonstration, created_at) VALUES
  (1, 1, 1, 'fair', 'Fair', '', 'in_person', 'open', '2026-11-24', '2026-11-24', '', '', '', 'Europe/Paris', 1, false, '2026-11-24 09:00:00+00:00');
INSERT INTO sector_group
  (id, slug, name_fr, name_en) VALUES
  (1, 'g', 'G', 'G');
INSERT INTO sector
  (id, slug, name_fr, name_en, group_id) VALUES
  (1, 's', 'S', 'S', 1);
INSERT INTO organisation
  (id, role, name, brand, naf, address, post_code, city, department, website, description, is_demonstration, source, search, created_at, updated_at) VALUES
  (1, 'company', 'O', '', '', '', '', '', '34', '', '', false, 'test', 'o', '2026-11-24 09:00:00+00:00', '2026-11-24 09:00:00+00:00');
INSERT INTO organisation
  (id, role, name, brand, naf, address, post_code, city, department, website, description, is_demonstration, source, search, created_at, updated_at) VALUES
  (2, 'buyer', 'O', '', '', '', '', '', '34', '', '', false, 'test', 'o', '2026-11-24 09:00:00+00:00', '2026-11-24 09:00:00+00:00');
INSERT INTO registration
  (id, edition_id, organiser_id, organisation_id, role, state, needs_accessible, message, reason, created_at) VALUES
  (1, 1, 1, 1, 'company', 'approved', false, '', '', '2026-11-24 09:00:00+00:00');
INSERT INTO registration
  (id, edition_id, organiser_id, organisation_id, role, state, needs_accessible, message, reason, created_at) VALUES
  (2, 1, 1, 2, 'buyer', 'approved', false, '', '', '2026-11-24 09:00:00+00:00');
INSERT INTO need
  (id, organisation_id, kind, title, text, cpv, amount_band, is_innovative, set_aside, departments, state, search, created_at, updated_at) VALUES
  (1, 2, 'SOURCING', 'Parcs', '', '', '', false, 'none', '[]', 'published', 'parcs', '2026-11-24 09:00:00+00:00', '2026-11-24 09:00:00+00:00');
INSERT INTO need_sector
  (id, need_id, sector_id) VALUES
  (1, 1, 1);
INSERT INTO meeting_block
  (id, edition_id, name, day, starts, slot_minutes, changeover_minutes, slots_count) VALUES
  (1, 1, 'Matin', '2026-11-24', '09:00:00', 20, 5, 1);
INSERT INTO slot
  (id, edition_id, block_id, starts_at, ends_at) VALUES
  (1, 1, 1, '2026-11-24 09:00:00+00:00', '2026-11-24 09:20:00+00:00');
INSERT INTO meeting_request
  (id, edition_id, organiser_id, pair, from_id, to_id, from_organisation_id, to_organisation_id, need_id, message, priority, answer_priority, state, answer, created_at) VALUES
  (1, 1, 1, '1-2', 1, 2, 1, 2, 1, '', 1, 1, 'accepted', '', '2026-11-24 09:00:00+00:00');
INSERT INTO meeting
  (id, edition_id, request_id, slot_id, state, uid, sequence, version, updated_at) VALUES
  (1, 1, 1, 1, 'scheduled', 'u', 0, 1, '2026-11-24 09:00:00+00:00');
