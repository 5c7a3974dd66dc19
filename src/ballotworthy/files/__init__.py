"""Files in and out: tables read with all their faults, outputs that appear whole or not at all."""
