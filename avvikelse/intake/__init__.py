"""Rapportera: from "vad har hänt?" to a case and a receipt. The only way a report comes in."""
