package org.pmf4j.modalities.text.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each step by itself; what words come out is what the tokenizers library 0.22.2 gives. */
class StepsTest {

  @ParameterizedTest(name = "{0} makes {2} of {1}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{'type':'NFC'}; e\u0301; é",
        "{'type':'NFD'}; é; e\u0301",
        "{'type':'NFKC'}; ﬁ½; fi1\u20442",
        "{'type':'NFKD'}; Å①; A\u030A1",
        "{'type':'Lowercase'}; ÀΣİ; àσi\u0307",
        "{'type':'StripAccents'}; e\u0301\u0308x; ex",
        "{'type':'Strip','strip_left':true,'strip_right':false}; `  a `; `a `",
        "{'type':'Nmt'}; a\u200Bb\u0007; a b",
        "{'type':'Prepend','prepend':'_'}; ab; _ab",
        "{'type':'Replace','pattern':{'String':'a'},'content':'$0'}; bab; b$0b",
        "{'type':'Replace','pattern':{'Regex':'x*'},'content':'-'}; axb; -a-b-",
        "{'type':'ByteLevel'}; é !; Ã©Ġ!",
        "{'type':'Sequence','normalizers':[{'type':'NFD'},{'type':'StripAccents'}]}; é; e",
        "{'type':'BertNormalizer','clean_text':true,'handle_chinese_chars':true,"
            + "'strip_accents':null,'lowercase':true}; É\u0000色\t.; `e 色  .`",
        "{'type':'BertNormalizer','clean_text':false,'handle_chinese_chars':false,"
            + "'strip_accents':false,'lowercase':false}; É色; É色"
      })
  void normalizersChangeATextAsTheLibraryDoes(String step, String text, String right) {
    assertThat(Pipelines.words(step, "", text)).containsExactly(right);
  }

  @ParameterizedTest(name = "{0} cuts {1} into {2}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{'type':'BertPreTokenizer'}; `it's a-b `; it|'|s|a|-|b",
        "{'type':'Whitespace'}; `it's  x==y`; it|'|s|x|==|y",
        "{'type':'WhitespaceSplit'}; `it's\u3000a`; it's|a",
        "{'type':'ByteLevel','add_prefix_space':true,'trim_offsets':true}; `it's  2b\n\nc `;"
            + " Ġit|'s|Ġ|Ġ2|b|Ċ|Ċ|c|Ġ",
        "{'type':'Metaspace','replacement':'_','prepend_scheme':'always','split':true}; `a  b`;"
            + " _a|_|_b",
        "{'type':'Metaspace','replacement':'_','add_prefix_space':true}; `a b`; _a|_b",
        "{'type':'Metaspace','replacement':'_','add_prefix_space':false}; `a b`; a|_b",
        "{'type':'Metaspace','replacement':'_','prepend_scheme':'never','split':false}; `a b`; a_b",
        "{'type':'Punctuation'}; a,,b; a|,|,|b",
        "{'type':'Punctuation','behavior':'Contiguous'}; a,,b; a|,,|b",
        "{'type':'Digits','individual_digits':true}; a12; a|1|2",
        "{'type':'Digits','individual_digits':false}; a12b; a|12|b",
        "{'type':'CharDelimiterSplit','delimiter':'x'}; axxb; a|b",
        "{'type':'UnicodeScripts'}; `red 色たabc`; `red |色た|abc`",
        "{'type':'FixedLength','length':2}; a😀bcd; a😀|bc|d",
        "{'type':'Split','pattern':{'String':'-'},'behavior':'Removed','invert':false}; a-b--c;"
            + " a|b|c",
        "{'type':'Split','pattern':{'String':'-'},'behavior':'Isolated','invert':false}; a--b;"
            + " a|-|-|b",
        "{'type':'Split','pattern':{'String':'-'},'behavior':'MergedWithPrevious','invert':false};"
            + " a--b; a-|-|b",
        "{'type':'Split','pattern':{'String':'-'},'behavior':'MergedWithNext','invert':false};"
            + " a--b; a|-|-b",
        "{'type':'Split','pattern':{'String':'-'},'behavior':'Contiguous','invert':false}; a--b;"
            + " a|--|b",
        "{'type':'Split','pattern':{'Regex':'[[:alpha:]]+'},'behavior':'Removed','invert':true};"
            + " aé-b1; aé|b",
        "{'type':'Sequence','pretokenizers':[{'type':'WhitespaceSplit'},"
            + "{'type':'Digits','individual_digits':true}]}; `a1 b`; a|1|b"
      })
  void preTokenizersCutATextAsTheLibraryDoes(String step, String text, String right) {
    assertThat(Pipelines.words("", step, text)).containsExactly(right.split("\\|"));
  }

  @Test
  void wordPiecesAreTheLongestFirst() {
    Tokenizer tokenizer =
        Pipelines.of(
            "",
            "{'type':'WhitespaceSplit'}",
            "{'type':'WordPiece','unk_token':'?','continuing_subword_prefix':'##',"
                + "'max_input_chars_per_word':4,'vocab':{'?':0,'a':1,'ab':2,'##c':3,'##cd':4}}");
    assertThat(ids(tokenizer, "abcd abc ad ababc b ab")).containsExactly(2, 4, 2, 3, 0, 0, 0, 2);
  }

  @Test
  void pairsAreMergedByRankWithTheirPrefixesSuffixesAndBytes() {
    String vocab = "'vocab':{'?':0,'a':1,'b':2,'ab':3,'<0xC3>':4,'<0xA9>':5,'c':6,'abc':7}";
    String merges = "'merges':['a b',['ab','c']]";
    String plain = "{'type':'BPE'," + vocab + "," + merges + ",'unk_token':'?'";
    assertThat(ids(Pipelines.of("", "", plain + "}"), "abcba")).containsExactly(7, 2, 1);
    assertThat(ids(Pipelines.of("", "", plain + "}"), "axyb")).containsExactly(1, 0, 0, 2);
    assertThat(ids(Pipelines.of("", "", plain + ",'fuse_unk':true}"), "axyb"))
        .containsExactly(1, 0, 2);
    assertThat(ids(Pipelines.of("", "", plain + ",'byte_fallback':true}"), "aé"))
        .containsExactly(1, 4, 5);
    String whole = "{'type':'BPE','vocab':{'a':0,'b':1,'ab':2},'merges':[],'ignore_merges':true}";
    assertThat(ids(Pipelines.of("", "", whole), "ab")).containsExactly(2);
    String suffix =
        "{'type':'BPE','vocab':{'a':0,'b</w>':1,'ab</w>':2},'merges':['a b</w>'],"
            + "'end_of_word_suffix':'</w>'}";
    assertThat(ids(Pipelines.of("", "", suffix), "ab")).containsExactly(2);
    String prefix =
        "{'type':'BPE','vocab':{'a':0,'##b':1,'ab':2},'merges':['a ##b'],"
            + "'continuing_subword_prefix':'##'}";
    assertThat(ids(Pipelines.of("", "", prefix), "ab")).containsExactly(2);
  }

  @Test
  void unigramsHaveTheLargestSumOfScoresAndOfEqualsTheFirstFound() {
    String model =
        "{'type':'Unigram','unk_id':0,'vocab':[['?',0],['a',-1],['b',-1],['ab',-2],['abc',-9],"
            + "['c',-6]]}";
    // "ab" and "a" + "b" have one sum: the token that begins first stays.
    assertThat(ids(Pipelines.of("", "", model), "ab")).containsExactly(3);
    assertThat(ids(Pipelines.of("", "", model), "abcxya")).containsExactly(3, 5, 0, 1);
  }

  @Test
  void aWordLevelVocabularyKnowsWholeWords() {
    String model = "{'type':'WordLevel','vocab':{'red':3,'?':5},'unk_token':'?'}";
    assertThat(ids(Pipelines.of("", "{'type':'Whitespace'}", model), "red blue"))
        .containsExactly(3, 5);
  }

  @Test
  void halvesOfCharactersAreReplacementCharacters() {
    assertThat(Halves.replaced("a\uD83Db\uDE00😀\uDE00")).isEqualTo("a\uFFFDb\uFFFD😀\uFFFD");
    assertThat(Halves.replaced("😀")).isEqualTo("😀");
  }

  private static int[] ids(Tokenizer tokenizer, String text) {
    return tokenizer.encode(text, Integer.MAX_VALUE, false).ids();
  }
}
