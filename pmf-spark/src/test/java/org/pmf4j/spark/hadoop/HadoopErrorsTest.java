package org.pmf4j.spark.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.AccessDeniedException;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;

@DisplayName("A failure of a Hadoop file system")
class HadoopErrorsTest {
  private static final Path FILE = new Path("s3a://ads/model");

  static Stream<Arguments> failures() {
    String far = "the file system s3a://ads cannot be reached";
    return Stream.of(
        Arguments.of(new FileNotFoundException("x"), ErrorKind.INPUT, "there is no such file"),
        Arguments.of(new AccessControlException("user=a"), ErrorKind.INPUT, "no permission"),
        Arguments.of(
            new AccessDeniedException("s3a://ads", "", "Forbidden (Service: S3)"),
            ErrorKind.INPUT,
            "no permission"),
        Arguments.of(
            new IOException("getFileStatus: a.b.NoSuchBucketException: The bucket"),
            ErrorKind.INPUT,
            "there is no such bucket"),
        Arguments.of(
            new IOException("org.apache.hadoop.ipc.RemoteException: odd"),
            ErrorKind.INPUT,
            "the file system refuses it"),
        Arguments.of(
            new IOException("Name node is in safe mode.\nIt was turned on"),
            ErrorKind.INPUT,
            "Name node is in safe mode."),
        Arguments.of(
            new IOException("client", new IllegalStateException(new ConnectException("refused"))),
            ErrorKind.ENVIRONMENT,
            far),
        Arguments.of(new EOFException("End of File Exception"), ErrorKind.ENVIRONMENT, far));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("failures")
  @DisplayName("is told in words of no library")
  void isTold(Exception failure, ErrorKind kind, String reason) {
    PmfException told = HadoopErrors.cannotRead(FILE, failure);
    assertThat(told).hasMessage(FILE + ": cannot be read: " + reason);
    assertThat(told.kind()).isEqualTo(kind);
  }
}
