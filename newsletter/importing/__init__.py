"""Lists of addresses from elsewhere: read, checked, added, in any number.

A file is read as a stream, a chunk of rows at a time. Each chunk is one transaction that also moves
the mark of how far the file is done, so that whoever goes on after a worker died begins right
there. While the database stores one chunk, the next is being read.

Policy. Who is in the list already is left as they are, whatever their status: who has not confirmed
must do so themselves, and who has left has left. Who is suppressed is never added.
"""
