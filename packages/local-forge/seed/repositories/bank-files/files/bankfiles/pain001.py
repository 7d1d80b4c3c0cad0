"""Writes credit transfers as ISO 20022 pain.001."""
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from bankfiles.iban import parse_iban

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"


@dataclass(frozen=True)
class Transfer:
    end_to_end_id: str
    amount: int  # euro cents
    creditor: str
    iban: str


def _decimal(cents):
    return f"{cents // 100}.{cents % 100:02d}"


def payment_file(message_id, execution_date, debtor, debtor_iban, transfers):
    """The file as text. Every number is checked first: a bank refuses a whole file for one typing error."""
    if not transfers:
        raise ValueError("a file without transfers is refused by the bank")
    ids = [transfer.end_to_end_id for transfer in transfers]
    if len(set(ids)) != len(ids):
        raise ValueError("end-to-end ids must be unique within a file")
    root = ET.Element("Document", xmlns=NAMESPACE)
    initiation = ET.SubElement(root, "CstmrCdtTrfInitn")
    total = sum(transfer.amount for transfer in transfers)

    header = ET.SubElement(initiation, "GrpHdr")
    ET.SubElement(header, "MsgId").text = message_id
    ET.SubElement(header, "NbOfTxs").text = str(len(transfers))
    ET.SubElement(header, "CtrlSum").text = _decimal(total)

    payment = ET.SubElement(initiation, "PmtInf")
    ET.SubElement(payment, "ReqdExctnDt").text = execution_date
    ET.SubElement(ET.SubElement(payment, "Dbtr"), "Nm").text = debtor
    _account(payment, "DbtrAcct", debtor_iban)
    for transfer in transfers:
        if transfer.amount <= 0:
            raise ValueError(f"{transfer.end_to_end_id}: amount must be positive")
        item = ET.SubElement(payment, "CdtTrfTxInf")
        ET.SubElement(ET.SubElement(item, "PmtId"), "EndToEndId").text = transfer.end_to_end_id
        amount = ET.SubElement(ET.SubElement(item, "Amt"), "InstdAmt", Ccy="EUR")
        amount.text = _decimal(transfer.amount)
        ET.SubElement(ET.SubElement(item, "Cdtr"), "Nm").text = transfer.creditor[:70]
        _account(item, "CdtrAcct", transfer.iban)
    return ET.tostring(root, encoding="unicode", xml_declaration=True)


def _account(parent, tag, iban):
    identification = ET.SubElement(ET.SubElement(parent, tag), "Id")
    ET.SubElement(identification, "IBAN").text = parse_iban(iban)
