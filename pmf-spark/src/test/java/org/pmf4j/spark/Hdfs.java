package org.pmf4j.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.hdfs.MiniDFSCluster;

/** HDFS on this machine: a name node and a data node, in the process of the tests. */
final class Hdfs implements AutoCloseable {
  private final MiniDFSCluster cluster;
  private final String root;

  private Hdfs(MiniDFSCluster cluster) {
    this.cluster = cluster;
    this.root = cluster.getURI() + "/";
  }

  /**
   * Starts it.
   *
   * @param folder for what it keeps
   */
  static Hdfs start(Path folder) throws IOException {
    Configuration settings = new Configuration();
    settings.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.toString());
    return new Hdfs(new MiniDFSCluster.Builder(settings).numDataNodes(1).build());
  }

  /** The whole name of a file in it. */
  String at(String path) {
    return root + path;
  }

  /** Copies a file or a folder of this machine into it. */
  void put(Path from, String to) throws IOException {
    org.apache.hadoop.fs.Path target = new org.apache.hadoop.fs.Path(at(to));
    files().mkdirs(target.getParent());
    files().copyFromLocalFile(new org.apache.hadoop.fs.Path(from.toString()), target);
  }

  FileSystem files() throws IOException {
    return cluster.getFileSystem();
  }

  /** The names of all files in a folder. */
  List<String> names(String folder) throws IOException {
    List<String> names = new ArrayList<>();
    RemoteIterator<LocatedFileStatus> all =
        files().listFiles(new org.apache.hadoop.fs.Path(folder), true);
    while (all.hasNext()) {
      names.add(all.next().getPath().toString().substring(folder.length() + 1));
    }
    return names;
  }

  void stopNameNode() {
    cluster.shutdownNameNode(0);
  }

  /** On the port that it had, with all its files. */
  void startNameNode() throws IOException {
    cluster.restartNameNode(0, true);
  }

  @Override
  public void close() {
    cluster.shutdown();
  }
}
