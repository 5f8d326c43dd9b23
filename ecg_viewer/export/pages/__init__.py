"""Pages drawn by Qt in hundredths of a millimetre: the same in a PDF, a picture, on a printer and in the preview."""
