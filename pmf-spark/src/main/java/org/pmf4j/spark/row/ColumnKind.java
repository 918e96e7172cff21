package org.pmf4j.spark.row;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.CharType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.sql.types.VarcharType;
import org.pmf4j.api.table.Cell;

/** The types of columns that are read, and the cell that a value of each is. */
public enum ColumnKind {
  /** A text, or the path of a file. */
  TEXT {
    @Override
    Cell cell(Object value) {
      return Cell.of((String) value);
    }
  },
  /** What a file would have, such as {@code content} of the source {@code binaryFile}. */
  BYTES {
    @Override
    Cell cell(Object value) {
      return new Cell.Bytes("", (byte[]) value);
    }
  },
  /** A number, which is a cell of a table. */
  NUMBER {
    @Override
    Cell cell(Object value) {
      String text =
          value instanceof BigDecimal decimal ? decimal.toPlainString() : String.valueOf(value);
      return new Cell.Scalar(Cell.Kind.NUMBER, text);
    }
  },
  /** True or false. */
  BOOLEAN {
    @Override
    Cell cell(Object value) {
      return new Cell.Scalar(Cell.Kind.BOOLEAN, String.valueOf(value));
    }
  },
  /** A date, or a moment in UTC, as tables in Parquet have them. */
  MOMENT {
    @Override
    Cell cell(Object value) {
      return Cell.of(Moments.text(value));
    }
  },
  /** A file with its path: {@code {bytes, path}} of the datasets library. */
  FILE {
    @Override
    Cell cell(Object value) {
      Row file = (Row) value;
      byte[] bytes = file.getAs("bytes");
      String path = file.getAs("path");
      if (bytes == null) {
        return path == null ? Cell.none() : Cell.of(path);
      }
      return new Cell.Bytes(path == null ? "" : path, bytes);
    }
  },
  /** A decoded picture, as the source {@code image} makes them. */
  PICTURE {
    @Override
    Cell cell(Object value) {
      return SparkPicture.of((Row) value).file();
    }
  };

  /**
   * The cell of a value.
   *
   * @param value not null
   * @throws org.pmf4j.api.error.PmfException if it is none, saying why
   */
  abstract Cell cell(Object value);

  /** The kind of a column's type; empty for one that no encoder reads. */
  public static Optional<ColumnKind> of(DataType type) {
    if (type instanceof StructType struct) {
      return ofStruct(struct);
    }
    if (type instanceof StringType || type instanceof CharType || type instanceof VarcharType) {
      return Optional.of(TEXT);
    }
    if (type instanceof BinaryType) {
      return Optional.of(BYTES);
    }
    if (type instanceof NumericType) {
      return Optional.of(NUMBER);
    }
    if (type instanceof BooleanType) {
      return Optional.of(BOOLEAN);
    }
    boolean moment =
        type instanceof DateType
            || type instanceof TimestampType
            || type instanceof TimestampNTZType;
    return moment ? Optional.of(MOMENT) : Optional.empty();
  }

  private static Optional<ColumnKind> ofStruct(StructType struct) {
    if (SparkPicture.isOne(struct)) {
      return Optional.of(PICTURE);
    }
    boolean file =
        Arrays.asList(struct.fieldNames()).contains("bytes")
            && Arrays.asList(struct.fieldNames()).contains("path")
            && struct.apply("bytes").dataType() instanceof BinaryType
            && struct.apply("path").dataType() instanceof StringType;
    return file ? Optional.of(FILE) : Optional.empty();
  }

  /** True for what a modality can read that reads files. */
  public boolean isFile() {
    return this == TEXT || this == BYTES || this == FILE || this == PICTURE;
  }

  /** True for what a modality can read that reads texts. */
  public boolean isText() {
    return this != BYTES && this != FILE && this != PICTURE;
  }
}
