-- schema: control

-- verify_key_list: many hot kept
--   out  verify_key: id u16, public_key bytes, secret_sealed bytes?
SELECT id, public_key, secret_sealed FROM verify_key ORDER BY id;

-- verify_key_insert: exec txn
--   in   id u16, public_key bytes, secret_sealed bytes
INSERT IGNORE INTO verify_key (id, public_key, secret_sealed) VALUES (:id, :public_key, :secret_sealed);

-- platform_key_get: maybe hot kept
--   in   name str
--   out  platform_key: certificate bytes, secret_sealed bytes
SELECT certificate, secret_sealed FROM platform_key WHERE name = :name;

-- platform_key_insert: exec txn
--   in   name str, certificate bytes, secret_sealed bytes
INSERT IGNORE INTO platform_key (name, certificate, secret_sealed) VALUES (:name, :certificate, :secret_sealed);

-- authority_list: many                   -- the one that certifies today first
--   out  authority: certificate bytes, is_retired bool
SELECT certificate, name <> 'letters-ca' FROM platform_key WHERE name LIKE 'letters-ca%' ORDER BY made_at DESC, name;

-- verify_key_retire: exec txn
UPDATE verify_key SET secret_sealed = NULL, retired_at = NOW(6) WHERE secret_sealed IS NOT NULL;

-- authority_retire: exec txn             -- its certificate stays, for what it certified
UPDATE platform_key SET name = CONCAT('letters-ca-', UNIX_TIMESTAMP(made_at)), secret_sealed = '' WHERE name = 'letters-ca';
