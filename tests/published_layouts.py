"""Voter files made after published layouts alone: every heading of the layout in its order, ten invented voters.

The headings are those of the configurations of Voteshield/reggie (reggie/configs/data, read 2026-11-29), without the
columns that it adds itself. Which cell holds what was decided from that text, not from `registers/`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple


class Person(NamedTuple):
    """An invented voter; the half, directions, type, unit and suffix may be empty."""

    last: str
    first: str
    middle: str
    suffix: str
    number: str
    half: str
    pre: str
    street: str
    type: str
    post: str
    unit: str
    zip: str

    @property
    def named(self) -> str:
        """The street without its number: "N MAIN ST"."""
        return " ".join(filter(None, (self.pre, self.street, self.type, self.post)))

    @property
    def at(self) -> str:
        """The house: "99 1/2"."""
        return f"{self.number} {self.half}".strip()

    @property
    def home(self) -> str:
        """The address in one cell."""
        return f"{self.at} {self.named}{f' APT {self.unit}' if self.unit else ''}"


PEOPLE = (
    Person("QUILL", "ANNA", "MAE", "", "12", "", "N", "MAIN", "ST", "", "3", "55101"),
    Person("TARN", "BORIS", "", "", "7", "", "", "ELM", "AVE", "", "", "55102"),
    Person("DE LA CRUZ", "MARIA", "ELENA", "", "4512", "", "", "OAK HILL", "DR", "", "", "55103"),
    Person("O'NEIL", "SEAN", "PATRICK", "JR", "99", "1/2", "", "PINE", "ST", "", "", "55104"),
    Person("SMITH-JONES", "CARLA", "", "", "1200", "", "", "PROSPECT", "RD", "SW", "", "55105"),
    Person("VU", "THI", "HOA", "", "8", "", "W", "5TH", "ST", "", "12B", "55106"),
    Person("MCDONALD", "RON", "", "III", "20", "", "", "RIVERVIEW", "LN", "", "", "55107"),
    Person("PARK", "MIN", "J", "", "311", "", "E", "MARTIN LUTHER KING", "BLVD", "", "B", "55108"),
    Person("ZED", "ALVA", "", "", "45", "", "", "QUARRY", "CT", "", "", "55109"),
    Person("LOST", "VERA", "ANN", "", "6", "", "", "ORCHARD", "WAY", "", "", "55110"),
)
CITY, BORN, SINCE = "MILLBROOK", "02/13/1980", "05/26/2012"


class Layout(NamedTuple):
    """A layout: its headings in order, what its cells hold of a person, whether the file has a heading line."""

    headings: str
    cells: Callable[[Person], Mapping[str, str]]
    statuses: tuple[str, ...] = ()
    headed: bool = True
    delimiter: str = ","


def _virginia(one: Person) -> Mapping[str, str]:
    return {
        "LAST_NAME": one.last, "FIRST_NAME": one.first, "MIDDLE_NAME": one.middle, "SUFFIX": one.suffix,
        "HOUSE_NUMBER": one.number, "HOUSENUMBERSUFFIX": one.half, "STREET_NAME": one.street,
        "STREETTYPECODENAME": one.type, "DIRECTION": one.pre, "POST_DIRECTION": one.post, "APT_NUM": one.unit,
        "ADDRESS_LINE_1": one.home,
        "CITY": CITY, "STATE": "VA", "ZIP": one.zip, "LOCALITY_CODE": "59", "LOCALITYNAME": "FAIRFAX COUNTY",
        "PRECINCT_CODE_VALUE": "101", "DOB": BORN, "REGISTRATION_DATE": SINCE, "EFFECTIVE_DATE": "01/31/2024",
    }  # fmt: skip


def _georgia(one: Person) -> Mapping[str, str]:
    return {
        "County_code": "60", "Last_name": one.last, "First_name": one.first, "Middle_maiden_name": one.middle,
        "Name_suffix": one.suffix, "Residence_house_number": one.at, "Residence_street_name": " ".join(
            filter(None, (one.pre, one.street, one.type))
        ), "Residence_street_suffix": one.post, "Residence_apt_unit_nbr": one.unit, "Residence_city": CITY,
        "Residence_zipcode": one.zip, "Year_of_Birth": "1980", "Registration_date": "20120526",
        "Congressional_district": "5", "Date_added": "20120527", "Date_changed": "20200101",
    }  # fmt: skip


def _minnesota(one: Person) -> Mapping[str, str]:
    return {
        "CountyCode": "62", "FirstName": one.first, "MiddleName": one.middle, "LastName": one.last,
        "NameSuffix": one.suffix, "HouseNumber": one.at, "StreetName": one.named, "UnitType": "APT" if one.unit else "",
        "UnitNumber": one.unit, "City": CITY, "state": "MN", "ZipCode": one.zip, "RegistrationDate": SINCE,
        "DOBYear": "1980", "McdName": CITY, "PrecinctCode": "0010",
    }  # fmt: skip


def _wisconsin(one: Person) -> Mapping[str, str]:
    return {
        "LastName": one.last, "FirstName": one.first, "MiddleName": one.middle, "Suffix": one.suffix,
        "Address1": one.home, "Address2": f"{CITY}, WI {one.zip}", "HouseNumber": one.at, "StreetName": one.named,
        "UnitType": "APT" if one.unit else "", "UnitNumber": one.unit, "ZipCode": one.zip, "County": "DANE COUNTY",
        "Jurisdiction": f"CITY OF {CITY}", "Municipality": f"CITY OF {CITY}", "ApplicationDate": SINCE,
        "Voter Status Reason": "Registered", "Voter Type": "Regular",
    }  # fmt: skip


def _iowa(one: Person) -> Mapping[str, str]:
    return {
        "FIRST_NAME": one.first, "MIDDLE_NAME": one.middle, "LAST_NAME": one.last, "NAME_SUFFIX": one.suffix,
        "EFF_REGN_DATE": SINCE, "LAST_UPDATED_DATE": "01/31/2024", "HOUSE_NUM": one.number, "HOUSE_SUFFIX": one.half,
        "PRE_DIR": one.pre, "STREET_NAME": one.street, "STREET_TYPE": one.type, "POST_DIR": one.post,
        "UNIT_TYPE": "APT" if one.unit else "", "UNIT_NUM": one.unit, "CITY_1": CITY, "STATE_1": "IA",
        "ZIP_CODE_1": one.zip, "CITY_2": "DES MOINES", "ZIP_CODE_2": "50309", "MAILING_ADDRESS": "PO BOX 7",
        "BIRTHDATE": BORN, "COUNTY": "Polk", "CITY_3": "WARD 2",
    }  # fmt: skip


def _kansas(one: Person) -> Mapping[str, str]:
    return {
        "db_logid": "Johnson", "text_name_first": one.first, "text_name_middle": one.middle, "text_name_last": one.last,
        "cde_name_suffix": one.suffix, "text_res_address_nbr": one.number, "text_res_address_nbr_suffix": one.half,
        "cde_street_dir_prefix": one.pre, "text_street_name": one.street, "cde_street_type": one.type,
        "cde_street_dir_suffix": one.post, "text_res_unit_nbr": one.unit, "text_res_city": CITY,
        "text_res_zip5": one.zip, "date_of_birth": BORN, "date_of_registration": SINCE, "text_mail_city": "TOPEKA",
    }  # fmt: skip


def _connecticut(one: Person) -> Mapping[str, str]:
    return {
        "Town_ID": "042", "Name_Last": one.last, "Name_First": one.first, "Name_Middle": one.middle,
        "Name_Suffix": one.suffix, "House_Number": one.at, "Unit_Number": one.unit, "Street_Name": one.named,
        "Residence_City": CITY, "Residence_State": "CT", "Residence_Zipcode": one.zip, "Birth_Date": BORN,
        "Registration_Date": SINCE, "Gender": "F", "Election_Date": "11/05/2024", "Ballot_Type": "E", "Absentee": "N",
    }  # fmt: skip


def _rhode_island(one: Person) -> Mapping[str, str]:
    return {
        "LAST NAME": one.last, "FIRST NAME": one.first, "MIDDLE NAME": one.middle, "SUFFIX": one.suffix,
        "STREET NUMBER": one.number, "SUFFIX A": one.half, "STREET NAME": one.named, "ZIP CODE": one.zip, "CITY": CITY,
        "POSTAL CITY": CITY, "UNIT": one.unit, "STATE": "RI", "DATE EFFECTIVE": SINCE, "DATE OF PRIVILEGE": SINCE,
        "DATE ACCEPTED": SINCE, "YEAR OF BIRTH": "1980",
    }  # fmt: skip


def _new_jersey(one: Person) -> Mapping[str, str]:
    return {
        "last": one.last, "first": one.first, "middle": one.middle, "suffix": one.suffix, "dob": "1980-02-13",
        "street_num": one.at, "street_pre": one.pre, "street_post": one.post, "street_base": one.street,
        "street_suff": one.type, "street_name": one.named, "apt_unit": one.unit, "city": CITY, "zip": one.zip,
        "county": "Bergen", "municipality": CITY, "registration_date": "2012-05-26",
    }  # fmt: skip


def _alaska(one: Person) -> Mapping[str, str]:
    return {
        "LAST NAME": one.last, "FIRST NAME": one.first, "MIDDLE NAME": one.middle, "SUFFIX NAME": one.suffix,
        "REG DATE": SINCE, "ORG REG DATE": SINCE, "RESIDENCE ADDRESS": one.home, "RESIDENCE CITY": CITY,
        "RESIDENCE ZIP": one.zip, "D/P": "12-230",
    }  # fmt: skip


_CT_HISTORY = ",".join(
    f"Election_Date{tail},Ballot_Type{tail},Absentee{tail}" for tail in ("", *(f"_{at}" for at in range(2, 21)))
)
LAYOUTS: Mapping[str, Layout] = {
    "va": Layout(
        "INV_NO,IDENTIFICATION_NUMBER,LAST_NAME,FIRST_NAME,MIDDLE_NAME,PARTY,SUFFIX,HOUSE_NUMBER,HOUSENUMBERSUFFIX,"
        "STREET_NAME,STREETTYPECODENAME,DIRECTION,POST_DIRECTION,APT_NUM,CITY,STATE,ZIP,ADDRESS_LINE_1,ADDRESS_LINE_2,"
        "ADDRESS_LINE_3,LOCALITY_CODE,LOCALITYNAME,PRECINCT_CODE_VALUE,PRECINCTNAME,TOWNNAME_CODE_VALUE,"
        "TOWNNAME_CODE_NAME,TOWNPREC_CODE_VALUE,TOWNPREC_CODE_NAME,CONG_CODE_VALUE,STSENATE_CODE_VALUE,"
        "STHOUSE_CODE_VALUE,GENDER,DOB,REGISTRATION_DATE,EFFECTIVE_DATE,MAILING_ADDRESS_LINE_1,MAILING_ADDRESS_LINE_2,"
        "MAILING_ADDRESS_LINE_3,MAILING_CITY,MAILING_STATE,MAILING_ZIP,SUPERDIST_CODE_VALUE,SUPERDIST_CODE_NAME,"
        "MAILING_ADDRESS_USE_RESIDENCE,STATUS",
        _virginia, ("IDENTIFICATION_NUMBER", "STATUS", "Active", "Inactive", "Cancelled"),
    ),
    "ga-2022": Layout(
        "County_code,Registration_Number,Voter_status,Last_name,First_name,Middle_maiden_name,Name_suffix,Name_title,"
        "Residence_house_number,Residence_street_name,Residence_street_suffix,Residence_apt_unit_nbr,Residence_city,"
        "Residence_zipcode,Year_of_Birth,Registration_date,Race,Gender,Land_district,Land_lot,Status_reason,"
        "County_precinct_id,City_precinct_id,Congressional_district,Senate_district,House_district,Judicial_district,"
        "Commission_district,School_district,County_district_a_name,County_district_a_value,County_district_b_name,"
        "County_district_b_value,Municipal_name,Municipal_code,Ward_city_council_name,Ward city council_code,"
        "City_school_district_name,City_school_district_value,City_dista_name,City_dista_value,City_distb_name,"
        "City_distb_value,City_distc_name,City_distc_value,City_distd_name,City_distd_value,Date_last_voted,"
        "Party_last_voted,Date_added,Date_changed,District_combo,Race_desc,Last_contact_date,Mail_house_nbr,"
        "Mail_street_name,Mail_apt_unit_nbr,Mail_city,Mail_state,Mail_zip_code,Mail_address_2,Mail_address_3,"
        "Mail_country",
        _georgia, ("Registration_Number", "Voter_status", "A", "I", "I"), delimiter="|",
    ),
    "mn": Layout(
        "VoterId,CountyCode,FirstName,MiddleName,LastName,NameSuffix,HouseNumber,StreetName,UnitType,UnitNumber,Address2,"
        "City,state,ZipCode,MailAddress,MailCity,MailState,MailZipCode,PhoneNumber,RegistrationDate,DOBYear,StateMcdCode,"
        "McdName,PrecinctCode,PrecinctName,WardCode,School,SchSub,Judicial,Legislative,StateSen,Congressional,"
        "Commissioner,Park,SoilWater,Hospital,LegacyId",
        _minnesota, ("VoterId", ""),
    ),
    "wi": Layout(
        "Voter Reg Number,LastName,FirstName,MiddleName,Suffix,PhoneNumber,EmailAddress,Address1,Address2,"
        "MailingAddress1,MailingAddress2,MailingCityStateZip,HouseNumber,StreetName,UnitType,UnitNumber,ZipCode,"
        "Jurisdiction,DistrictCombo,Ward,Congressional,State Senate,State Assembly,Court of Appeals,"
        "Multi-Jurisdictional Judge,County,County Supervisory,Municipality,Aldermanic,School,High School,Sanitary,"
        "Technical College,Representational School,State,District Attorney,Circuit Court,First Class School,"
        "Incorporation,Voter Status,Voter Status Reason,ApplicationDate,ApplicationSource,IsPermanentAbsentee,"
        "Voter Type",
        _wisconsin, ("Voter Reg Number", "Voter Status", "Active", "Inactive", "Inactive"), delimiter="\t",
    ),
    "ia": Layout(
        "REGN_NUM,FIRST_NAME,MIDDLE_NAME,LAST_NAME,NAME_SUFFIX,EFF_REGN_DATE,LAST_UPDATED_DATE,OLD_ID,PHONENO,HOUSE_NUM,"
        "HOUSE_SUFFIX,PRE_DIR,STREET_NAME,STREET_TYPE,POST_DIR,UNIT_TYPE,UNIT_NUM,ADDRESS_NON_STD,CITY_1,STATE_1,"
        "ZIP_CODE_1,ZIP_PLUS_1,MAILING_ADDRESS,CITY_2,STATE_2,ZIP_CODE_2,ZIP_PLUS_2,VOTERSTATUS,PARTY,POLITICAL_ORG,"
        "GENDER,BIRTHDATE,COUNTY,FEDERAL,CONGRESSIONAL,STATEWIDE,STATE_SENATE,STATE_HOUSE,JUDICIAL,PRECINCT,"
        "COUNTY_SUPERVISOR,COUNTYWIDE,TOWNSHIP,CITY_COUNCIL_WARD,CITY_3,COMMUNITY_COLLEGE_DIRECTOR,COMMUNITY_COLLEGE,"
        "SCHOOL_DIRECTOR,SCHOOL,SANITARY,AGRICULTURAL_EXTENSION,SOIL_AND_WATER,WATER,FIRE,LAND,LAKE,"
        "LOSST_CONTIGUOUS_CITIES,RECREATIONAL,RURAL_IMPROVEMENT_ZONE,SEWER,LIGHT,MISCELLANEOUS",
        _iowa, ("REGN_NUM", "VOTERSTATUS", "Active", "Inactive", "Pending"),
    ),
    "ks": Layout(
        "db_logid,cde_registrant_status,cde_name_title,text_name_first,text_name_middle,text_name_last,cde_name_suffix,"
        "cde_gender,text_registrant_id,text_res_address_nbr,text_res_address_nbr_suffix,cde_street_dir_prefix,"
        "text_street_name,cde_street_type,cde_street_dir_suffix,cde_res_unit_type,text_res_unit_nbr,text_res_city,"
        "cde_res_state,text_res_zip5,text_res_zip4,text_res_carrier_rte,ind_res_military,text_mail_address1,"
        "text_mail_address2,text_mail_address3,text_mail_address4,text_mail_city,cde_mail_state,text_mail_zip5,"
        "text_mail_zip4,text_mail_carrier_rte,ind_mail_military,ind_mail_foreign,desc_party,precinct_text_name,"
        "precinct_text_designation,date_of_birth,date_of_registration,text_phone_area_code,text_phone_exchange,"
        "text_phone_last_four,text_election_code_1,text_election_code_2,text_res_physical_address,"
        "polling_place_text_name,polling_place_text_address1,polling_place_text_city,polling_place_cde_state,"
        "polling_place_text_zip5,district_cc,district_cg,district_jd,district_kr,district_ks,district_sb,district_pt,"
        "district_sd",
        _kansas, ("text_registrant_id", "cde_registrant_status", "A", "I", "I"), delimiter="\t",
    ),
    "ct": Layout(
        "Town_ID,Voter_ID,Name_Last,Name_First,Name_Middle,Name_Prefix,Name_Suffix,Voter_Status,Special_Status,"
        "Voter_Status_Reason,District_ID,Precinct_Code,Congressional_District,Senate_District,Legislative_District,"
        "Polling_Name,Local_Voter_District,Local_Voter_Precinct,Special_Voter_District,Special_Voter_Precinct,"
        "House_Number,Unit_Number,Street_Name,Residence_City,Residence_State,Residence_Zipcode,Residence_Zipcode_Plus,"
        "Residence_Carrier,Mailing_House_Num,Mailing_Unit_Num,Mailing_Address_Line_2,Mailing_Address_Line_3,"
        "Mailing_City,Mailing_State,Mailing_Country,Mailing_Zipcode,Mailing_Carrier,Birth_Date,Phone_Number,"
        f"Party_Affiliation,Party_Affiliation_Unqual,Gender,Registration_Date,{_CT_HISTORY}",
        _connecticut, ("Voter_ID", "Voter_Status", "A", "I", "I"), headed=False,
    ),
    "ri": Layout(
        "VOTER ID,STATUS CODE,LAST NAME,FIRST NAME,MIDDLE NAME,PREFIX,SUFFIX,STREET NUMBER,STREET NAME,STREET NAME 2,"
        "ZIP CODE,ZIP4 CODE,CITY,UNIT,SUFFIX A,SUFFIX B,STATE,CARRIER CODE,POSTAL CITY,MAILING STREET NUMBER,"
        "MAILING STREET NAME 1,MAILING STREET NAME 2,MAILING ZIP CODE,MAILING CITY,MAILING UNIT,MAILING SUFFIX A,"
        "MAILING SUFFIX B,MAILING STATE,MAILING COUNTRY,MAILING CARRIER CODE,PARTY CODE,SPECIAL STATUS CODE,"
        "DATE EFFECTIVE,DATE OF PRIVILEGE,SEX,DATE ACCEPTED,DATE OF STATUS CHANGE,YEAR OF BIRTH,OFF REASON CODE,"
        "DATE LAST ACTIVE,CONGRESSIONAL DISTRICT,STATE SENATE DISTRICT,STATE REP DISTRICT,PRECINCT,WARD/COUNCIL,"
        "WARD DISTRICT,SCHOOL COMMITTEE DISTRICT,SPECIAL DISTRICT,FIRE DISTRICT,PHONE NUMBER,EMAIL",
        _rhode_island, ("VOTER ID", "STATUS CODE", "A", "I", "P"), delimiter="|",
    ),
    "nj": Layout(
        "id,leg_id,party,status,last,first,middle,suffix,dob,street_num,street_pre,street_post,street_base,street_suff,"
        "street_name,apt_unit,city,zip,county,municipality,ward,district,congressional,legislative,freeholder,school,"
        "fire,unabridged_status,gender,registration_date",
        _new_jersey, ("id", "status", "Active", "Inactive", "Pending"),
    ),
    "ak": Layout(
        "UN,PARTY,D/P,LAST NAME,FIRST NAME,MIDDLE NAME,SUFFIX NAME,ASCENSION #,REG DATE,ORG REG DATE,DIST DATE,"
        "RESIDENCE ADDRESS,RESIDENCE CITY,RESIDENCE ZIP,MAILING ADDRESS1,MAILING ADDRESS2,MAILING ADDRESS3,"
        "MAILING CITY,MAILING STATE,MAILING ZIP,MAILING COUNTRY,GENDER",
        _alaska, ("ASCENSION #", ""),
    ),
}  # fmt: skip


def made(layout: Layout) -> str:
    """Give the file: the last person but one is inactive, the last has the layout's last code."""
    headings = layout.headings.split(",")
    number, status, *codes = layout.statuses
    rows = [headings] if layout.headed else []
    for at, one in enumerate(PEOPLE):
        cells = {**layout.cells(one), number: f"10000{at}"}
        if status:
            cells[status] = codes[max(0, at - len(PEOPLE) + 3)]
        unknown = set(cells) - set(headings)
        if unknown:
            raise ValueError(f"not in the layout: {unknown}")
        rows.append([cells.get(heading, "") for heading in headings])
    return "".join(layout.delimiter.join(row) + "\r\n" for row in rows)
