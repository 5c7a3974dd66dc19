"""The fields of a voter file and the headings under which they are found."""

from __future__ import annotations

from collections.abc import Mapping

FIELDS: Mapping[str, tuple[str, ...]] = {
    "voter_id": ("id", "regno", "voterref", "voter_ref", "voterid", "voter_number", "regid", "registration_number",
                 "statevoterid", "state_voter_id", "registrantid", "voter_reg_num", "sos_voterid",
                 "voter_identification_number", "voter_id_number", "voter_file_vanid", "vanid", "sboeid", "regn_num"),
    "last_name": ("last", "lastname", "lname", "surname", "family_name", "namelast", "name_last", "last_nm"),
    "first_name": ("first", "firstname", "fname", "given", "given_name", "forename", "namefirst", "name_first",
                   "first_nm"),
    "middle_name": ("middle", "middlename", "mname", "middle_initial", "namemiddle", "name_middle", "midl_name"),
    "suffix": ("name_suffix", "namesuffix", "suffix_name", "name_sfx", "suffix_lbl", "name_suffix_lbl",
               "name_sufx_cd"),
    "name": ("full_name", "fullname", "voter_name"),
    "former_last_name": ("former_name", "maiden_name", "previous_last_name", "former_last"),
    "house_number": ("number", "house_num", "housenumber", "street_number", "streetnumber", "house_no", "regstnum",
                     "addressnumber", "address_number", "street_num", "street_no", "st_num", "house", "addr_num"),
    "pre_direction": ("predirection", "street_dir_prefix", "pre_dir", "street_direction", "direction",
                      "predirectional", "regstpredirection", "direction_prefix", "street_dir", "street_prefix",
                      "pre_street_dir"),
    "street_name": ("street", "streetname", "regstname", "st_name", "residential_street_name"),
    "street_type": ("type", "streettype", "street_suffix", "regsttype", "st_type"),
    "post_direction": ("postdirection", "street_dir_suffix", "post_dir", "regstpostdirection", "direction_suffix",
                       "postdirectional", "post_street_dir", "street_post_dir"),
    "unit": ("apartment", "apt", "unit_number", "apartment_number", "regunitnumber", "regunitnum", "regstunitnum",
             "apt_num", "unit_num", "apt_no", "unit_no", "bldg_num"),
    "address": ("residence", "street_address", "address1", "address_line_1", "full_address"),
    "city": ("town", "city_name"),
    "zip": ("zipcode", "zip_code", "zip5", "postal_code"),
    "birth_date": ("born", "birthdate", "dob", "date_of_birth"),
    "of_age_on": ("attains_age_on", "date_of_attainment", "attainment_date", "attainer_date", "attainers_date",
                  "date_of_majority"),
    "birth_year": ("birthyear", "yob", "year_of_birth", "yearofbirth"),
    "registration_date": ("registered", "registrationdate", "reg_date", "registered_on", "date_of_registration",
                          "registr_dt", "reg_dt", "eff_regn_date",
                          "date_reg", "registration_dt", "dt_effective_registration"),
    "first_registered": ("original_registration_date", "original_registration", "original_reg_date", "orig_reg_date",
                         "date_of_original_registration", "first_registration_date", "first_registered_on",
                         "initial_registration_date"),
    "status": ("voter_status", "status_code", "statuscode", "voter_status_desc", "status_cd", "status_desc",
               "voter_status_code", "voter_status_type_code", "county_status", "registration_status", "reg_status",
               "registrant_status", "cde_registrant_status", "registration_status_name", "current_status",
               "current_voter_status", "voter_status_description", "status_description", "voter_stat", "reg_stat",
               "record_status"),
    "status_date": ("cancelled_on", "canceled_on", "cancellation_date", "cancel_date", "date_cancelled",
                    "date_canceled", "cancelled_date", "canceled_date", "date_of_cancellation", "cancellation_dt",
                    "cancel_dt", "purge_date", "date_purged", "removal_date", "date_removed", "status_changed_on",
                    "status_change_date", "status_changed_date", "date_status_changed", "date_of_status_change",
                    "inactive_status_change_date"),
    "county": ("county_name", "countycode", "county_code", "county_desc"),
    "district": ("congressional_district", "legislative_district", "ward", "precinct"),
    "mailing_address": ("mail_address", "mailing_address1", "mail1", "mail_addr1"),
}  # fmt: skip
WHERE = ("residence", "residential", "res", "reg", "situs", "physical")
_OF_HOMES: Mapping[str, tuple[str, ...]] = {
    "house_number": ("house_number", "street_number", "house_num", "house_no", "house", "street_no"),
    "street_name": ("street_name", "street"),
    "unit": ("unit_number", "unit_num", "unit_no", "apartment_number", "apartment", "apt", "apt_num", "apt_no"),
    "address": ("address", "address_1", "address_line_1", "street_address", "addr", "addr_1"),
    "city": ("city", "town", "city_desc", "city_name"),
    "zip": ("zip", "zip_code", "zip5", "postal_code", "post_code"),
}
RESIDENCE: Mapping[str, tuple[str, ...]] = {
    field: tuple(f"{where}_{name}" for where in WHERE for name in names) for field, names in _OF_HOMES.items()
}
"""Headings that say that they are of the voter's home: they win over a plain "City", which may be a district."""
HOMES = ("house_number", "street_name", "address", "unit", "city", "zip")
