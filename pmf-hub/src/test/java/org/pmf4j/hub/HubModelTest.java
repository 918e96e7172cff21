package org.pmf4j.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pmf4j.api.error.PmfException;

@DisplayName("The name of a model of the hub")
class HubModelTest {

  @Test
  @DisplayName("has an organisation, a name and a revision, which is main where none is told")
  void parts() {
    assertThat(HubModel.parse("google/vit-base"))
        .isEqualTo(new HubModel("google/vit-base", "main"));
    assertThat(HubModel.parse("hf:a/b@v1.0")).isEqualTo(new HubModel("a/b", "v1.0"));
    assertThat(HubModel.parse("gpt2@refs/pr/1")).isEqualTo(new HubModel("gpt2", "refs/pr/1"));
    assertThat(HubModel.parse("a/b")).hasToString("a/b");
    assertThat(HubModel.parse("hf:a/b@v1")).hasToString("a/b@v1");
  }

  @Test
  @DisplayName("may have a folder behind it, which no revision can be taken for")
  void folder() {
    assertThat(HubModel.parse("a/b//c")).isEqualTo(new HubModel("a/b", "main", "c"));
    assertThat(HubModel.parse("hf:gpt2@refs/pr/1//c/d"))
        .isEqualTo(new HubModel("gpt2", "refs/pr/1", "c/d"))
        .hasToString("gpt2@refs/pr/1//c/d");
    assertThat(HubModel.parse("a/b//c/d@e")).isEqualTo(new HubModel("a/b", "main", "c/d@e"));
    assertThat(HubModel.parse("a/b//c").at("v1")).hasToString("a/b@v1//c");
    assertThat(HubModel.parse("a/b//c/d").file("config.json")).isEqualTo("c/d/config.json");
    assertThat(HubModel.parse("a/b").file("config.json")).isEqualTo("config.json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a/b/c",
        "../b",
        "a/..",
        "a--b/c",
        ".a/b",
        "a/b.",
        "a/b.git",
        "a b/c",
        "a/b@",
        "a/b@../x",
        "a/b@/x",
        "a/b@x/",
        "a/b@a\\b",
        "a/b@a b",
        "a/b@.x",
        "hf:",
        "a/b@x:y",
        "ä/b",
        "a/b//",
        "a/b///c",
        "a/b//c/",
        "a/b//../c",
        "a/b//c/./d",
        "a/b//C:/d",
        "a/b//c\\d",
        "a/b//c//d"
      })
  @DisplayName("is refused where the hub can have no such thing, or a path would lead elsewhere")
  void refused(String name) {
    assertThatThrownBy(() -> HubModel.parse(name)).isInstanceOf(PmfException.class);
  }

  @Test
  @DisplayName("may name a commit, which is 40 digits")
  void commit() {
    assertThat(HubModel.parse("a/b@" + "0a".repeat(20)).isCommit()).isTrue();
    assertThat(HubModel.parse("a/b@0a0a0a0").isCommit()).isFalse();
    assertThat(HubModel.parse("a/b@" + "0A".repeat(20)).isCommit()).isFalse();
  }
}
