package org.pmf4j.modalities.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Pretraining;
import org.pmf4j.api.modality.Pretraining.MaskedFeatures.Masked;
import org.pmf4j.api.modality.Pretraining.MaskedFeatures.Masking;
import org.pmf4j.api.modality.Source;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.modalities.directory.SettingsFiles;

@DisplayName("Rows of a table")
class TabularModalityTest {
  private static final TabularModality MODALITY = new TabularModality();
  private static final Pretraining.Sizes SIZES = new Pretraining.Sizes(16, 2, 2, Map.of());

  @TempDir private Path folder;

  /** A row of {@code name, cell, name, cell …}. */
  private static Source row(String... cells) {
    Map<String, String> all = new LinkedHashMap<>();
    for (int i = 0; i < cells.length; i += 2) {
      all.put(cells[i], cells[i + 1]);
    }
    return MODALITY.parseRow(all, Path.of("."));
  }

  private static List<Source> people() {
    List<Source> rows = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      rows.add(
          row(
              "age", i == 3 ? " " : String.valueOf(20 + i % 17),
              "city", i == 5 ? "" : i == 6 ? "Rome" : i % 2 == 0 ? "Bonn" : "Oslo",
              "member", i % 3 == 0 ? "true" : "false",
              "since", "2024-0" + (1 + i % 9) + "-15"));
    }
    return rows;
  }

  private Named<HostTensor> prepared(Source source) {
    return MODALITY.preprocessor(folder, "ft-transformer").prepare(source);
  }

  private void initialize(List<Source> rows) {
    MODALITY.pretraining().orElseThrow().initialize(folder, SIZES, rows);
  }

  @Test
  @DisplayName("tell what their columns are")
  void schema() {
    initialize(people());
    Schema schema = Schema.read(new SettingsFiles(folder));
    assertThat(schema.columns())
        .extracting(Column::name)
        .containsExactly("age", "city", "member", "since");
    assertThat(schema.columns())
        .extracting(column -> column.toJson().get("kind"))
        .containsExactly("number", "category", "category", "date");
    assertThat(schema.numbers()).isEqualTo(2);
    // Unknown and missing come with every category, months and days of the week with a missing one.
    assertThat(schema.cardinalities()).containsExactly(4, 4, 13, 8);
  }

  @Test
  @DisplayName("become numbers and ids")
  void features() {
    initialize(people());
    Named<HostTensor> inputs =
        prepared(row("age", "", "city", "Oslo", "member", "true", "since", "2024-02-15T10:30:00Z"));
    assertThat(inputs.get("present").floats()).containsExactly(0, 1);
    assertThat(inputs.get("numbers").floats()[0]).isZero();
    assertThat(inputs.get("categories").longs()).containsExactly(3, 4 + 3, 8 + 2, 21 + 4);
  }

  @Test
  @DisplayName("may be objects of JSON, which may lack columns")
  void json() {
    initialize(people());
    Named<HostTensor> inputs =
        prepared(MODALITY.parse("{\"city\": \"Bonn\", \"age\": 30}", folder));
    assertThat(inputs.get("present").floats()).containsExactly(1, 0);
    assertThat(inputs.get("categories").longs()).containsExactly(2, 4 + 1, 8, 21);
  }

  @Test
  @DisplayName(
      "with a value that training knew in one row alone have an unknown one, as with new ones")
  void unknown() {
    initialize(people());
    for (String city : List.of("Rome", "Lima")) {
      Named<HostTensor> inputs =
          prepared(row("age", "30", "city", city, "member", "true", "since", "2024-01-01"));
      assertThat(inputs.get("categories").longs()[0]).isZero();
    }
  }

  @Test
  @DisplayName("of other columns, or with other things in them, are refused")
  void refused() {
    initialize(people());
    assertThatThrownBy(() -> prepared(row("age", "30", "city", "Bonn", "member", "true")))
        .isInstanceOf(PmfException.class)
        .hasMessage("the encoder reads the column 'since' too: age, city, member, since");
    assertThatThrownBy(() -> prepared(MODALITY.parse("{\"height\": 3}", folder)))
        .hasMessage("the encoder knows no column 'height'; it reads age, city, member, since");
    for (String wrong : List.of("1,5", "NaN", "0x10", "1_000", "twelve", "1e999")) {
      assertThatThrownBy(
              () ->
                  prepared(
                      row("age", wrong, "city", "Bonn", "member", "true", "since", "2024-01-01")))
          .hasMessage(
              "column age: '" + wrong + "' is no number; leave the cell blank where there is none");
    }
    assertThatThrownBy(
            () -> prepared(row("age", "1", "city", "", "member", "", "since", "15.2.2024")))
        .hasMessage(
            "column since: '15.2.2024' is no date such as 2026-05-31; leave the cell blank where"
                + " there is none");
    assertThatThrownBy(() -> prepared(MODALITY.parse("{\"age\": [1]}", folder)))
        .hasMessage("column age: a list or an object; one value is needed");
  }

  @Test
  @DisplayName("from which no schema can be made are refused")
  void noSchema() {
    List<Source> mixed = new ArrayList<>();
    List<Source> names = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      mixed.add(row("price", i == 7 ? "n/a" : String.valueOf(i)));
      names.add(row("title", "product number " + i));
    }
    assertThatThrownBy(() -> initialize(mixed))
        .hasMessage(
            "price=n/a: column price has 'n/a' where most rows have numbers; leave the cell blank"
                + " where there is none, or mend it");
    assertThatThrownBy(() -> initialize(names))
        .hasMessageStartingWith("column title has 60 different values in 60 rows");
    assertThatThrownBy(() -> initialize(List.of(row("a", "", "b", "1"), row("a", " ", "b", "2"))))
        .hasMessage("column a is blank in every row; leave it out");
  }

  @Test
  @DisplayName("hide features, of which the value is to be guessed")
  void hidden() {
    initialize(people());
    Masking masking =
        MODALITY.pretraining().orElseThrow().maskedFeatures().orElseThrow().of(folder);
    assertThat(masking.vocabulary()).isEqualTo(2 * 32 + 4 + 4 + 13 + 8);
    Named<HostTensor> sample = prepared(people().get(0));
    SplittableRandom random = new SplittableRandom(5);
    int hidden = 0;
    for (int i = 0; i < 200; i++) {
      Masked masked = masking.hide(sample, random);
      assertThat(masked.answers()).hasSize(1 + 2 + 4).startsWith(-1L);
      for (int feature = 0; feature < 6; feature++) {
        long answer = masked.answers()[1 + feature];
        boolean same =
            feature < 2
                ? masked.sample().get("present").floats()[feature] == 1
                : masked.sample().get("categories").longs()[feature - 2]
                    == sample.get("categories").longs()[feature - 2];
        assertThat(same).isEqualTo(answer < 0);
        if (answer >= 0) {
          hidden++;
          assertThat(answer)
              .isEqualTo(feature < 2 ? answer : 64 + sample.get("categories").longs()[feature - 2]);
        }
      }
    }
    // 15 % of 6 features in 200 samples, and one at least: 1.28 a sample are expected.
    assertThat(hidden).isBetween(200, 320);
  }
}
