package org.pmf4j.core.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.pmf4j.api.error.PmfException;

/** Formats that are not read, with what a user has at hand to make tables of them. */
final class OtherFormats {
  private static final String PANDAS =
      "; it is not read here: save it as Parquet, in Python by pandas.%s(\"%s\")"
          + ".to_parquet(\"%s.parquet\")";
  private static final String EXPORT =
      "; it is not read here: save it as CSV, by the spreadsheet itself or in Python by"
          + " pandas.%s(\"%s\").to_csv(\"%s.csv\", index=False)";
  private static final String RECORDS =
      "; it is not read here: write its records to Parquet, CSV or JSON lines";

  /** A kind of file: what it is, the function of pandas that reads it, and the advice. */
  private record Kind(String what, String reader, String advice, List<String> endings) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind(
              "an Arrow or Feather file",
              "read_feather",
              PANDAS,
              List.of(".arrow", ".feather", ".ipc")),
          new Kind(
              "a spreadsheet", "read_excel", EXPORT, List.of(".xlsx", ".xlsm", ".xls", ".ods")),
          new Kind("an ORC file", "read_orc", PANDAS, List.of(".orc")),
          new Kind("a pickle of Python", "read_pickle", PANDAS, List.of(".pkl", ".pickle")),
          new Kind("an HDF5 file", "read_hdf", PANDAS, List.of(".h5", ".hdf5", ".hdf")),
          new Kind("a file of Stata", "read_stata", PANDAS, List.of(".dta")),
          new Kind("a file of SAS", "read_sas", PANDAS, List.of(".sas7bdat", ".xpt")),
          new Kind("a file of SPSS", "read_spss", PANDAS, List.of(".sav")),
          new Kind("an Avro file", "", RECORDS, List.of(".avro")),
          new Kind("a file of TFRecords", "", RECORDS, List.of(".tfrecord", ".tfrecords")),
          new Kind("an array of NumPy", "", RECORDS, List.of(".npy", ".npz")),
          new Kind(
              "an SQLite database",
              "",
              "; it is not read here: export a table, by sqlite3 -header -csv \"%2$s\""
                  + " \"SELECT * FROM NAME\" > %3$s.csv",
              List.of(".sqlite", ".sqlite3", ".db")));

  private OtherFormats() {}

  /**
   * Refuses a file by its name.
   *
   * @throws PmfException naming its kind, and how a table is made of it
   */
  static void refuse(Path file) {
    String name = String.valueOf(file.getFileName());
    String lower = name.toLowerCase(Locale.ROOT);
    for (Kind kind : KINDS) {
      if (kind.endings.stream().anyMatch(lower::endsWith)) {
        TableText.requireFile(file);
        String start = name.substring(0, name.lastIndexOf('.'));
        throw PmfException.input(
            file
                + ": is "
                + kind.what
                + String.format(Locale.ROOT, kind.advice, kind.reader, name, start));
      }
    }
  }
}
