-- schema: village

-- seed_identity: exec txn
--   in   code str, name str, district str, regency str, province str
INSERT IGNORE INTO identity (id, code, name, district, regency, province)
VALUES (1, :code, :name, :district, :regency, :province);
