// Verifies a log of OpenHall with the code that Go itself trusts for its checksum database
// (golang.org/x/mod/sumdb): the signed notes, the tiles, inclusion and consistency.
//
//	main FOLDER OLD-NOTE PROOF    with the log's key on the standard input
package main

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func must(err error, what string) {
	if err != nil {
		fmt.Println("NOT VERIFIED", what, err)
		os.Exit(1)
	}
}

func read(path string) []byte {
	raw, err := os.ReadFile(path)
	must(err, path)
	return raw
}

// A checkpoint is origin, size and root on three lines; x/mod knows it as a tree with another
// first line.
func tree(text string) tlog.Tree {
	lines := strings.Split(text, "\n")
	lines[0] = "go.sum database tree"
	found, err := tlog.ParseTree([]byte(strings.Join(lines, "\n")))
	must(err, "checkpoint")
	return found
}

func open(raw []byte, verifier note.Verifier) tlog.Tree {
	opened, err := note.Open(raw, note.VerifierList(verifier))
	must(err, "note")
	return tree(opened.Text)
}

// Tiles as C2SP tlog-tiles lays them out: height 8, no height in the path.
type tiles struct{ folder string }

func (t tiles) Height() int { return 8 }

func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var found [][]byte
	for _, one := range wanted {
		path := strings.Replace(one.Path(), "tile/8/", "tile/", 1)
		found = append(found, read(filepath.Join(t.folder, path)))
	}
	return found, nil
}

func (t tiles) SaveTiles([]tlog.Tile, [][]byte) {}

func entry(folder string, index, size int64) []byte {
	number := index / 256
	width := size - number*256
	path := fmt.Sprintf("tile/entries/%03d", number)
	if width < 256 {
		path += fmt.Sprintf(".p/%d", width)
	}
	raw := read(filepath.Join(folder, path))
	for at := int64(0); at < index%256; at++ {
		raw = raw[2+int(raw[0])*256+int(raw[1]):]
	}
	return raw[2 : 2+int(raw[0])*256+int(raw[1])]
}

func main() {
	folder, oldNote, proofFile := os.Args[1], os.Args[2], os.Args[3]
	vkey, _ := io.ReadAll(os.Stdin)
	verifier, err := note.NewVerifier(strings.TrimSpace(string(vkey)))
	must(err, "key")
	now := open(read(filepath.Join(folder, "checkpoint")), verifier)
	before := open(read(oldNote), verifier)
	reader := tlog.TileHashReader(now, tiles{folder})

	for _, index := range []int64{0, 1, 254, 255, 256, now.N / 2, now.N - 1} {
		proof, err := tlog.ProveRecord(now.N, index, reader)
		must(err, "inclusion")
		leaf := tlog.RecordHash(entry(folder, index, now.N))
		must(tlog.CheckRecord(proof, now.N, now.Hash, index, leaf), "inclusion")
	}
	continued, err := tlog.ProveTree(now.N, before.N, reader)
	must(err, "consistency")
	must(tlog.CheckTree(continued, now.N, now.Hash, before.N, before.Hash), "consistency")

	// The receipt, as c2sp.org/tlog-proof: head, blank line, note.
	head, signed, found := bytes.Cut(read(proofFile), []byte("\n\n"))
	lines := strings.Split(string(head), "\n")
	if !found || lines[0] != "c2sp.org/tlog-proof@v1" {
		fmt.Println("NOT VERIFIED proof")
		os.Exit(1)
	}
	body, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[1], "extra "))
	must(err, "extra")
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[2], "index "), 10, 64)
	must(err, "index")
	var path tlog.RecordProof
	for _, line := range lines[3:] {
		hash, err := tlog.ParseHash(line)
		must(err, "step")
		path = append(path, hash)
	}
	at := open(signed, verifier)
	must(tlog.CheckRecord(path, at.N, at.Hash, index, tlog.RecordHash(body)), "receipt")
	fmt.Println("VERIFIED", now.N, before.N, index)
}
