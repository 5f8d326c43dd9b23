"""Parts of the SCP-ECG reader (EN 1064): sections, Huffman coding, signals, patient data, results of the device."""
