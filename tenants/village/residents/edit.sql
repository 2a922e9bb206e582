-- schema: village

-- resident_edit: exec txn
--   in   id u64, nik str, area_id u64, name str, sex u8, birth_place str
--   in   birth_date date?, religion u64?, education_kk u64?, education_now u64?, occupation u64?, marital u64?
--   in   family_role u64?, citizenship u64?, father_nik str, father_name str, mother_nik str
--   in   mother_name str, blood u64?, birth_cert str, passport str, passport_until date?, kitas str
--   in   marriage_cert str, marriage_date date?, divorce_cert str, divorce_date date?, disability u64?
--   in   contraception u64?, pregnancy u64?, ktp_el u64?, record_status u64?, address_now str
--   in   ethnicity str, card_tag str?, insurance u64?, insurance_no str, lat str, lng str, now utc
UPDATE resident SET nik = :nik, area_id = :area_id, name = :name, sex = :sex, birth_place = :birth_place, birth_date = :birth_date,
    religion = :religion, education_kk = :education_kk, education_now = :education_now, occupation = :occupation,
    marital = :marital, family_role = :family_role, citizenship = :citizenship, father_nik = :father_nik,
    father_name = :father_name, mother_nik = :mother_nik, mother_name = :mother_name, blood = :blood,
    birth_cert = :birth_cert, passport = :passport, passport_until = :passport_until, kitas = :kitas,
    marriage_cert = :marriage_cert, marriage_date = :marriage_date, divorce_cert = :divorce_cert,
    divorce_date = :divorce_date, disability = :disability, contraception = :contraception, pregnancy = :pregnancy,
    ktp_el = :ktp_el, record_status = :record_status, address_now = :address_now, ethnicity = :ethnicity,
    card_tag = :card_tag, insurance = :insurance, insurance_no = :insurance_no, lat = :lat, lng = :lng,
    updated_at = :now, version = version + 1
WHERE id = :id;

-- resident_of_card: maybe
--   in   card_tag str
--   out  card_owner: id u64
SELECT id FROM resident WHERE card_tag = :card_tag;

-- area_hold: one txn
--   in   hamlet str, rw str, rt str
--   out  area_held: id u64
SELECT id FROM area WHERE hamlet = :hamlet AND rw = :rw AND rt = :rt FOR UPDATE;

-- resident_changes_since: many
--   in   resident_id u64, version u32
--   out  change_since: at utc, staff_name str, kind str, reason str, changes str
SELECT at, staff_name, kind, reason, changes FROM history
WHERE owner = 'resident' AND owner_id = :resident_id AND version > :version ORDER BY id LIMIT 100;
